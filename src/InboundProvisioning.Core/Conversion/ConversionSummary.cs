using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace InboundProvisioning.Conversion;

/// <summary>What a conversion came to.</summary>
public sealed class ConversionSummary
{
    // Sentences name so many externalIds at the most.
    private const int MostMissing = 50;
    private const int MostKinds = 10;

    /// <summary>The rows of the run, those among them that were rejected or passed over.</summary>
    public long Rows { get; init; }

    /// <summary>The rows that were rejected.</summary>
    public long RejectedRows { get; init; }

    /// <summary>The rejected rows by kind of fault, the most frequent one first.</summary>
    public IReadOnlyList<RejectionCount> Rejections { get; init; } = [];

    /// <summary>The first 500 rows that were rejected.</summary>
    public IReadOnlyList<RejectedRow> FirstRejected { get; init; } = [];

    /// <summary>The rows that were passed over because another one of the same person goes.</summary>
    public long PassedOverRows { get; init; }

    /// <summary>The rows that make the very same user as another one, which goes.</summary>
    public long IdenticalRows { get; init; }

    /// <summary>The externalIds of the first ten persons of whom a row was passed over.</summary>
    public IReadOnlyList<string> PassedOverIds { get; init; } = [];

    /// <summary>Whether <see cref="PassedOverIds"/> are all.</summary>
    public bool NamesAllPassedOver { get; init; } = true;

    /// <summary>How many externalIds were asked for.</summary>
    public int WantedExternalIds { get; init; }

    /// <summary>Those externalIds that were asked for and are in no row.</summary>
    public IReadOnlyList<string> MissingExternalIds { get; init; } = [];

    /// <summary>What the user is to know, a sentence or two each.</summary>
    /// <param name="rejectPath">The file of rejected rows, or null.</param>
    public IReadOnlyList<string> Warnings(string? rejectPath)
    {
        var warnings = new List<string>();
        if (MissingExternalIds.Count > 0)
        {
            string more = MissingExternalIds.Count > MostMissing ? Text(" and {0:N0} more", MissingExternalIds.Count - MostMissing) : string.Empty;
            warnings.Add(Text(
                "{0:N0} of {1:N0} externalIds are in no file: {2}{3}.",
                MissingExternalIds.Count,
                WantedExternalIds,
                List(MissingExternalIds.Take(MostMissing)),
                more));
        }

        if (PassedOverRows > 0)
        {
            warnings.Add(Text(
                "{0:N0} of {1:N0} rows {4} passed over, since another row of the same person goes: {2}{3}.",
                PassedOverRows,
                Rows,
                List(PassedOverIds),
                NamesAllPassedOver ? string.Empty : " and others",
                PassedOverRows == 1 ? "was" : "were"));
        }

        if (RejectedRows > 0)
        {
            string kept = rejectPath is null ? "-RejectPath would keep them." : $"They are in {rejectPath}.";
            string others = Rejections.Count > MostKinds ? Text(", {0:N0} other kinds", Rejections.Count - MostKinds) : string.Empty;
            warnings.Add(Text(
                "{0:N0} of {1:N0} rows {5} rejected: {2}{3}. {4}",
                RejectedRows,
                Rows,
                string.Join(", ", Rejections.Take(MostKinds).Select(static kind => Text("{0:N0} {1}", kind.Rows, kind))),
                others,
                kept,
                RejectedRows == 1 ? "was" : "were"));
        }

        return warnings;
    }

    private static string List(IEnumerable<string> ids) => string.Join(", ", ids.Select(static id => "'" + id + "'"));

    private static string Text(string format, params object?[] values) => string.Format(CultureInfo.InvariantCulture, format, values);
}
