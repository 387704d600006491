using System;
using System.Collections.Generic;
using System.Linq;

namespace InboundProvisioning.Proposal;

/// <summary>Makes the lines of a mapping of what the columns of a file can be.</summary>
internal sealed class ProposalLines
{
    private const string NoDomain = "your-domain.example";

    private readonly FileProfile _file;
    private readonly CandidateWeighing _weighing;
    private readonly ColumnAssignment _assigned;
    private readonly List<ProposalLine> _lines = [];

    /// <param name="file">The columns.</param>
    /// <param name="mapsLeftOver">Whether columns that no attribute fits are mapped too, under the URN of the extension.</param>
    public ProposalLines(FileProfile file, bool mapsLeftOver)
    {
        _file = file;
        _weighing = new CandidateWeighing(file);
        _assigned = new ColumnAssignment(file.Columns.SelectMany(_weighing.Of));
        foreach (string target in ScimTarget.Order)
        {
            ProposalLine? line = target switch
            {
                "externalId" => ExternalId(),
                "userName" => UserName(),
                "active" => Active(),
                "displayName" => DisplayName(),
                _ => _assigned.Of(target) is { } candidate ? Line(candidate) : null,
            };
            if (line is not null)
            {
                _lines.Add(line);
            }
        }

        LeftOver = [.. file.Columns.Where(column => !_lines.Exists(line => line.Column == column)).Select(column => LeftOverLine(column, mapsLeftOver))];
    }

    /// <summary>The lines of attributes, in the order of the mapping.</summary>
    public IReadOnlyList<ProposalLine> Attributes => _lines;

    /// <summary>The columns that are left over.</summary>
    public IReadOnlyList<ProposalLine> LeftOver { get; }

    /// <summary>Both.</summary>
    public IEnumerable<ProposalLine> All => _lines.Concat(LeftOver);

    private static ProposalConfidence Confidence(int score) => score >= 85 ? ProposalConfidence.High : score >= 70 ? ProposalConfidence.Medium : ProposalConfidence.Low;

    private ProposalLine Line(Candidate candidate)
    {
        var target = new ScimTarget(candidate.Target);
        IReadOnlyList<string> rivals = _assigned.RivalsOf(candidate.Target);
        var line = new ProposalLine
        {
            Target = target,
            Column = candidate.Column,
            Confidence = Confidence(candidate.Score),
            Check = candidate.Score < 70 || rivals.Count > 0,
            Reason = candidate.Reason + (rivals.Count > 0 ? $"; so could be {string.Join(", ", rivals.Select(static rival => $"'{rival}'"))}" : string.Empty),
            Expression = PowerShellLiteral.Quote(candidate.Column.Name),
        };
        return target.IsDate ? Date(line) : candidate.Target == "enterprise.manager.value" ? Manager(line) : line;
    }

    private ProposalLine ExternalId()
    {
        if (_assigned.Of("externalId") is not { } candidate)
        {
            return new ProposalLine
            {
                Target = new ScimTarget("externalId"),
                Check = true,
                Reason = "no column was found that is the id of a person",
                Choices = ["'<the column with the id of each person>'"],
                Warning = "externalId: no column was found that is the id of a person, so the line is left out. The provisioning job finds people by it: name the column.",
            };
        }

        ProposalLine line = Line(candidate);
        string column = candidate.Column.Name;
        string repeated = candidate.Column.Repeated > 0
            ? " Of several rows of one person the first goes and the others are rejected; -RepeatedRecord and -Prefer of the other cmdlets choose another one." : string.Empty;
        return line with
        {
            Check = true,
            Notes = ["The provisioning job finds a worker by it, by default as employeeId. It must be nobody else's, and never change."],
            Warning = $"externalId is the column '{column}': {line.Reason}. The provisioning job finds people by it, so check it.{repeated}",
        };
    }

    private ProposalLine UserName()
    {
        ScimTarget target = new("userName");
        (string domain, string where) = Domain();
        Candidate? login = _assigned.Of("userName");
        if (login is null && _assigned.Of("emails.work.value") is { } email && email.Column.Filled > 0 && email.Column.Repeated <= RepeatedIds)
        {
            bool all = email.Column.Empty == 0;
            return new ProposalLine
            {
                Target = target,
                Column = email.Column,
                Confidence = all ? ProposalConfidence.Medium : ProposalConfidence.Low,
                Check = true,
                Reason = (email.Column.IsUnique ? "the e-mail addresses all differ" : "the e-mail addresses differ as the ids do")
                    + (all ? string.Empty : $", but {CandidateWeighing.Words(email.Column.Empty, "row has", "rows have")} none"),
                Expression = PowerShellLiteral.Quote(email.Column.Name),
                Notes = ["Often the sign-in name is the e-mail address. Its domain must be a verified one of your tenant."],
                Warning = $"userName is the column '{email.Column.Name}', since the file has no sign-in names: check that people sign in with their e-mail address.",
            };
        }

        if (login is { } found && found.Column.Has(found.Column.Emails, 0.9))
        {
            return Line(found) with { Notes = ["Its domain must be a verified one of your tenant."] };
        }

        if (login is { } bare)
        {
            return Line(bare) with
            {
                Check = true,
                Expression = $"{{ {PowerShellLiteral.Column(bare.Column.Name)} + {PowerShellLiteral.Quote("@" + domain)} }}",
                Notes = [$"The values have no domain. {where}"],
                Warning = $"userName is the column '{bare.Column.Name}' with @{domain} behind it: give the verified domain of your tenant.",
            };
        }

        if (_assigned.Of("name.givenName") is { } given && _assigned.Of("name.familyName") is { } family)
        {
            string expression = $"({PowerShellLiteral.Column(given.Column.Name)} + '.' + {PowerShellLiteral.Column(family.Column.Name)}).ToLowerInvariant().Replace(' ', '')";
            return new ProposalLine
            {
                Target = target,
                Confidence = ProposalConfidence.Low,
                Check = true,
                Reason = "no column has sign-in names, so it is made of the names",
                Expression = $"{{ {expression} + {PowerShellLiteral.Quote("@" + domain)} }}",
                Notes = [$"Two people of one name would get the same, and letters such as ä stay. {where}"],
                Warning = $"userName: no column has sign-in names. The mapping makes first.last@{domain} of the names: give the verified domain of your tenant, and mind people of the same name.",
            };
        }

        return new ProposalLine
        {
            Target = target,
            Check = true,
            Reason = "no column has sign-in names, or names to make them of",
            Choices = ["'<the column with the sign-in names>'"],
            Warning = "userName: no column has sign-in names, or names to make them of, so the line is left out. Name the column: an account needs it.",
        };
    }

    // Whose rows come twice, whose e-mail address comes twice.
    private long RepeatedIds => _assigned.Of("externalId")?.Column.Repeated ?? 0;

    // No account is made without it, and few files have it in a column.
    private ProposalLine DisplayName()
    {
        if (_assigned.Of("displayName") is { } candidate)
        {
            return Line(candidate);
        }

        ScimTarget target = new("displayName");
        if (_assigned.Of("name.givenName") is { } given && _assigned.Of("name.familyName") is { } family)
        {
            return new ProposalLine
            {
                Target = target,
                Confidence = ProposalConfidence.Medium,
                Reason = $"made of '{given.Column.Name}' and '{family.Column.Name}': an account needs one, and no column has it",
                Expression = $"{{ ({PowerShellLiteral.Column(given.Column.Name)} + ' ' + {PowerShellLiteral.Column(family.Column.Name)}).Trim() }}",
            };
        }

        return new ProposalLine
        {
            Target = target,
            Check = true,
            Reason = "no column has it, or names to make it of",
            Choices = ["'<the column with the names that people see>'"],
            Warning = "displayName: no column has it, or names to make it of, so the line is left out. An account needs it.",
        };
    }

    // The domain of nearly all e-mail addresses of the file.
    private (string Domain, string Where) Domain()
    {
        ColumnProfile? email = _assigned.Of("emails.work.value")?.Column;
        return email is not null && email.Looked > 0 && email.WithDomain >= 0.9 * email.Looked && PowerShellLiteral.IsPlain(email.Domain)
            ? (email.Domain, "The domain is that of the e-mail addresses; it must be a verified one of your tenant.")
            : (NoDomain, "Put a verified domain of your tenant in the place of this one.");
    }

    private ProposalLine Active()
    {
        Candidate? leave = _assigned.Of("extension.LeaveDate");
        if (_assigned.Of("active") is { } candidate)
        {
            ProposalLine line = ActiveExpression.OfWords(candidate);
            IReadOnlyList<string> rivals = _assigned.RivalsOf("active");
            return rivals.Count == 0 ? line : line with { Reason = $"{line.Reason}; so could be {string.Join(", ", rivals.Select(static rival => $"'{rival}'"))}" };
        }

        var target = new ScimTarget("active");
        if (leave is not null && leave.Column.IsDate && DateExpression.NotOver(leave.Column) is { Count: > 0 } scripts)
        {
            bool isSure = scripts.Count == 1;
            return new ProposalLine
            {
                Target = target,
                Column = leave.Column,
                Confidence = ProposalConfidence.Low,
                Check = true,
                Reason = "no column says who is active, but one when people leave",
                Expression = isSure ? scripts[0].Expression : null,
                Choices = isSure ? [] : [.. scripts.Select(static script => script.Expression)],
                Notes = ["Whoever has no last day, or one that is not over, is active. The day of the run counts, so run it daily."],
                Warning = isSure
                    ? $"active: no column says who is active, so it comes from '{leave.Column.Name}': who left before today would be disabled. Check it."
                    : $"active: '{leave.Column.Name}' says when people leave, but not whether the day or the month comes first. The line is left out; without it an update can disable accounts.",
            };
        }

        return new ProposalLine
        {
            Target = target,
            Check = true,
            Reason = "no column was found that says who is active",
            Choices = ["$true"],
            Notes = ["Without active an update can disable the account. If everybody in the file works for you, write $true."],
            Warning = "active: no column was found that says who is active, so the line is left out. Without it an update can disable accounts: map it, to $true if all people of the file are active.",
        };
    }

    private ProposalLine Manager(ProposalLine line)
    {
        ColumnProfile column = line.Column!;
        if (_weighing.RefersTo(column) is not { } refers)
        {
            return line;
        }

        ColumnProfile? id = _assigned.Of("externalId")?.Column;
        if (id is null || refers.Key == id)
        {
            return line;
        }

        (int found, int of) = FileProfile.Refers(column, id);
        return found * 2 > of
            ? line
            : line with
            {
                Confidence = ProposalConfidence.Low,
                Check = true,
                Reason = $"{line.Reason}, and not of '{id.Name}', the externalId",
                Warning = $"manager: '{column.Name}' holds values of '{refers.Key.Name}', but externalId is '{id.Name}'. A manager is found by externalId: one of the two lines must change.",
            };
    }

    private ProposalLine Date(ProposalLine line)
    {
        ColumnProfile column = line.Column!;
        if (column.Filled == 0 || column.Dates.Dates == 0)
        {
            return line with { Expression = null, Check = true, Reason = $"{line.Reason}, so nobody knows how its dates are written" };
        }

        List<string> notes = [];
        if (column.Dates.SentinelTexts.Count > 0)
        {
            notes.Add($"No date: {string.Join(", ", column.Dates.SentinelTexts.Select(PowerShellLiteral.Comment))} ({CandidateWeighing.Words(column.Dates.Sentinels, "row", "rows")}) become null.");
        }

        IReadOnlyList<(string Format, string Expression)> scripts = DateExpression.Of(column);
        if (scripts.Count == 1)
        {
            bool isShort = DateForms.HasShortYear(column.Dates.Forms);
            return line with
            {
                Check = line.Check || isShort,
                Confidence = isShort ? ProposalConfidence.Low : line.Confidence,
                Reason = $"{line.Reason}, written {scripts[0].Format}" + (isShort ? ", where the century is a guess" : string.Empty),
                Expression = scripts[0].Expression,
                Notes = notes,
            };
        }

        if (scripts.Count == 0)
        {
            return line with { Expression = null, Check = true, Confidence = ProposalConfidence.Low, Reason = $"{line.Reason}, some with an offset from UTC and some without" };
        }

        string formats = string.Join(" and ", scripts.Select(static script => script.Format));
        ColumnProfile? other = _file.Columns.FirstOrDefault(profile => profile != column && profile.IsDate && DateForms.FormatsOf(profile.Dates.Forms) is [var only] && scripts.Any(script => script.Format == only));
        string hint = other is null ? string.Empty : $" The dates of '{other.Name}' are all {DateForms.FormatsOf(other.Dates.Forms)[0]}.";
        return line with
        {
            Expression = null,
            Check = true,
            Confidence = ProposalConfidence.Low,
            Reason = $"{line.Reason}, but all of them fit {formats}",
            Choices = [.. scripts.Select(static script => script.Expression)],
            Notes = hint.Length == 0 ? notes : [.. notes, hint.TrimStart()],
            Warning = $"{line.Target!.Member}: the dates of '{column.Name}' fit {formats}, so it is for you to say which it is.{hint} The line is left out.",
        };
    }

    private ProposalLine LeftOverLine(ColumnProfile column, bool isMapped)
    {
        IReadOnlyList<(string Format, string Expression)> dates = column.IsDate ? DateExpression.Of(column) : [];
        string what = column.Filled == 0 ? "the column is empty" : column.IsDate ? $"dates, written {string.Join(" or ", dates.Select(static date => date.Format))}" : "no attribute of SCIM was found for it";
        bool isOpen = column.IsDate && dates.Count != 1;
        string expression = dates.Count == 1 ? dates[0].Expression : PowerShellLiteral.Quote(column.Name);
        return new ProposalLine
        {
            Column = column,
            Confidence = ProposalConfidence.None,
            Reason = _assigned.Lost(column) ?? what,
            Expression = isMapped && !isOpen ? expression : null,
            Choices = isOpen ? [.. dates.Select(static date => date.Expression)] : isMapped ? [] : [expression],
        };
    }
}
