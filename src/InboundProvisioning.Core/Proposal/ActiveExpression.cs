using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using InboundProvisioning.Mapping;

namespace InboundProvisioning.Proposal;

/// <summary>
/// Writes where <c>active</c> comes from. A word that is not known rejects the row: it must neither disable an account nor keep one.
/// </summary>
internal static class ActiveExpression
{
    /// <summary>The line for a column of words.</summary>
    public static ProposalLine OfWords(Candidate candidate)
    {
        ColumnProfile column = candidate.Column;
        bool means = !IsReversed(column);
        List<(string Word, long Count, bool? IsActive)> words =
        [
            .. column.Words!.OrderByDescending(static word => word.Value).ThenBy(static word => word.Key, StringComparer.Ordinal)
                .Select(word => (word.Key, word.Value, PowerShellLiteral.IsPlain(word.Key) ? Meaning(column, word.Key, means) : null)),
        ];
        long off = words.Where(static word => word.IsActive == false).Sum(static word => word.Count);
        long unknown = words.Where(static word => word.IsActive is null).Sum(static word => word.Count) + column.Empty;
        List<string> notes = [.. words.Select(static word => Note(word.Word, word.Count, word.IsActive))];
        if (column.Empty > 0)
        {
            notes.Add($"  {CandidateWeighing.Words(column.Empty, "row has no value: it is", "rows have no value: they are")} rejected until you decide");
        }

        string list = string.Join(", ", words.Select(static word => $"{ShownValue.Quote(word.Word)} ({Count(word.Count)})").Take(6));
        var line = new ProposalLine
        {
            Target = new ScimTarget("active"),
            Column = column,
            Check = true,
            Notes = ["The values, and how many rows have each:", .. notes],
        };
        if (!words.Exists(static word => word.IsActive == true))
        {
            return line with
            {
                Confidence = ProposalConfidence.Low,
                Reason = candidate.Reason,
                Choices = [Script(column, ["..."], [.. words.Where(static word => PowerShellLiteral.IsPlain(word.Word)).Select(static word => word.Word)])],
                Warning = $"active: the column '{column.Name}' has {list}, and it is for you to say which of them mean active. The line is left out; without it an update can disable accounts.",
            };
        }

        string plain = $"'{column.Name}'";
        bool isPlain = means && words.TrueForAll(static word => BooleanText.TryParse(word.Word, out _)) && column.Empty == 0;
        return line with
        {
            Confidence = Confidence(candidate.Score, unknown),
            Reason = candidate.Reason,
            Expression = isPlain
                ? PowerShellLiteral.Quote(column.Name)
                : Script(column, [.. words.Where(static word => word.IsActive == true).Select(static word => word.Word)], [.. words.Where(static word => word.IsActive == false).Select(static word => word.Word)]),
            Warning = string.Format(
                CultureInfo.InvariantCulture, "active comes from {0}: {1}. {2} would be disabled{3}. Check it.", plain, list, Count(off), unknown > 0 ? $", and {Count(unknown)} rejected, whose value is not known" : string.Empty),
        };
    }

    private static ProposalConfidence Confidence(int score, long unknown) =>
        score < 70 || unknown > 0 ? ProposalConfidence.Low : score < 85 ? ProposalConfidence.Medium : ProposalConfidence.High;

    private static string Count(long number) => CandidateWeighing.Count(number);

    private static string Note(string word, long count, bool? isActive)
    {
        string meaning = isActive switch
        {
            true when StatusWords.Read(word) == StatusMeaning.OnLeave => "active (on leave; yours to decide)",
            true => "active",
            false => "not active",
            null => "not known: such rows are rejected until you decide",
        };
        return $"  {PowerShellLiteral.Comment(ShownValue.Quote(word))}: {Count(count)}, {meaning}";
    }

    // Leavers are told by yes: Inactive, Terminated.
    private static bool IsReversed(ColumnProfile column) =>
        column.IsBoolean && Vocabulary.Default.Read(column.Name).Any(static reading => reading.Meanings.Contains("INACTIVE") || reading.Meanings.Contains("LEAVE"));

    private static bool? Meaning(ColumnProfile column, string word, bool means)
    {
        if (column.IsBoolean)
        {
            return StatusWords.ReadBoolean(word) == means;
        }

        return StatusWords.Read(word) switch
        {
            StatusMeaning.Active or StatusMeaning.OnLeave => true,
            StatusMeaning.Inactive => false,
            _ => null,
        };
    }

    private static string Script(ColumnProfile column, IReadOnlyList<string> active, IReadOnlyList<string> inactive)
    {
        string name = PowerShellLiteral.Column(column.Name);
        string not = inactive.Count == 0 ? string.Empty : $"    elseif ({name} -in {List(inactive)}) {{ $false }}\n";
        return $"{{\n    if ({name} -in {List(active)}) {{ $true }}\n{not}    else {{ throw 'The mapping does not say whether this means active: ' + {name} }}\n}}";
    }

    private static string List(IEnumerable<string> words) => string.Join(", ", words.Select(PowerShellLiteral.Quote));
}
