using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using InboundProvisioning.Csv;
using InboundProvisioning.Scim;

namespace InboundProvisioning.Proposal;

/// <summary>Writes a proposed mapping as a .psd1 file. No text of the HR file gets into it but as a quoted string or in a comment.</summary>
internal sealed class MappingWriter
{
    private const int Width = 116;

    private readonly string _file;
    private readonly CsvLayout _layout;
    private readonly FileProfile _profile;
    private readonly ProposalLines _lines;
    private readonly string _urn;
    private readonly bool _isTrimmed;
    private readonly StringBuilder _text = new();
    private int _indent;

    public MappingWriter(string file, CsvLayout layout, FileProfile profile, ProposalLines lines, string urn, bool isTrimmed)
    {
        _file = file;
        _layout = layout;
        _profile = profile;
        _lines = lines;
        _urn = urn;
        _isTrimmed = isTrimmed;
    }

    /// <summary>The text of the file.</summary>
    public string Write()
    {
        WriteHead();
        Line("@{");
        _indent++;
        foreach (IGrouping<string, ProposalLine> group in _lines.Attributes.GroupBy(static line => line.Target!.Group))
        {
            if (group.Key != "extension")
            {
                WriteGroup(group.Key, [.. group]);
            }
        }

        WriteExtension([.. _lines.Attributes.Where(static line => line.Target!.Group == "extension")]);
        _indent--;
        Line("}");
        return _text.ToString();
    }

    private void WriteHead()
    {
        Comment($"An attribute mapping for {_file}, proposed by New-ScimAttributeMapping.");
        Comment(string.Empty);
        Comment($"Read from the file: {_layout.Found};");
        Comment(string.Format(CultureInfo.InvariantCulture, "{0} columns and {1:N0} rows.", _profile.Columns.Count, _profile.Rows));
        Comment("High, Medium and Low say how sure a line is. Look at each line that says CHECK before you send anything:");
        Comment(string.Empty);
        string parameters = _layout.Parameters;
        string skip = _layout.Options.SkipLast == 0 ? string.Empty : string.Format(CultureInfo.InvariantCulture, " -SkipLast {0}", _layout.Options.SkipLast);
        string trim = _isTrimmed ? " -Trim" : string.Empty;
        Comment($"  Test-ScimAttributeMapping <this file> -Path <HR file>{parameters}");
        Comment($"  ConvertTo-ScimBulkPayload <HR file> <this file>{parameters}{skip}{trim}");
        Comment(string.Empty);
        if (_isTrimmed)
        {
            Comment($"Some values have white space around them ({Names(_profile.Columns.Where(static column => column.Padded > 0))}): -Trim takes it off.");
        }

        Comment("A mapping with script blocks runs code. Protect this file as you protect your scripts.");
    }

    private void WriteGroup(string group, List<ProposalLine> lines)
    {
        _text.AppendLine();
        if (lines[0].Target!.Name == group)
        {
            lines.ForEach(line => Write(line, line.Target!.Member));
            return;
        }

        bool isLive = lines.Exists(static line => line.Expression is not null);
        if (!isLive)
        {
            lines.ForEach(WriteOff);
            return;
        }

        if (lines[0].Target!.IsMultiValued)
        {
            WriteMultiValued(group, lines);
            return;
        }

        Line((group == "enterprise" ? PowerShellLiteral.Quote(ScimSchemas.EnterpriseUserUrn) : group) + " = @{");
        _indent++;
        foreach (ProposalLine line in lines)
        {
            if (line.Target!.Name == "enterprise.manager.value")
            {
                WriteComments(line);
                Line($"manager = @{{ value = {line.Expression} }}");
            }
            else
            {
                Write(line, line.Target!.Member);
            }
        }

        _indent--;
        Line("}");
    }

    private void WriteMultiValued(string group, List<ProposalLine> lines)
    {
        Line(group + " = @(");
        _indent++;
        bool isFirst = true;
        foreach (IGrouping<string, ProposalLine> type in lines.GroupBy(static line => line.Target!.Type))
        {
            Line("@{");
            _indent++;
            Line($"type = {{ '{type.Key}' }}");
            foreach (ProposalLine line in type)
            {
                Write(line, line.Target!.Member);
            }

            if (isFirst && group != "addresses")
            {
                Line("primary = $true");
            }

            isFirst = false;
            _indent--;
            Line("}");
        }

        _indent--;
        Line(")");
    }

    private void WriteExtension(List<ProposalLine> dates)
    {
        bool isLive = dates.Concat(_lines.LeftOver).Any(static line => line.Expression is not null);
        if (dates.Count == 0 && _lines.LeftOver.Count == 0)
        {
            return;
        }

        _text.AppendLine();
        Comment("What SCIM has no attribute for goes under a URN of your own. Give the URN the name of your organization, and add the attributes to the schema of the provisioning job: Set-ProvisioningSchemaExtension.");
        if (!isLive)
        {
            Comment("To use it, take the # away from the line of the URN too, and from the brace at the end.");
        }

        string open = PowerShellLiteral.Quote(_urn) + " = @{";
        Line(isLive ? open : "# " + open);
        _indent++;
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (ProposalLine line in dates)
        {
            names.Add(line.Target!.Member);
            Write(line, line.Target!.Member);
        }

        if (_lines.LeftOver.Count > 0)
        {
            Comment("Columns that are left over. Send no more than the accounts need.");
        }

        foreach (ProposalLine line in _lines.LeftOver)
        {
            string name = NameOf(line.Column!, names);
            if (line.Expression is null)
            {
                string reason = line.Reason.StartsWith("no attribute", StringComparison.Ordinal) ? string.Empty : "   # " + PowerShellLiteral.Comment(line.Reason);
                foreach (string choice in line.Choices)
                {
                    Line($"# {PowerShellLiteral.Quote(name)} = {choice}{reason}");
                }
            }
            else
            {
                Line($"{PowerShellLiteral.Quote(name)} = {line.Expression}");
            }
        }

        _indent--;
        Line(isLive ? "}" : "# }");
    }

    private string NameOf(ColumnProfile column, HashSet<string> names)
    {
        string proposed = ScimName.IsAttributeName(column.Name) ? column.Name : ScimName.Propose(column.Name) ?? string.Empty;
        proposed = proposed.Length > 0 ? proposed : "Column" + (_profile.Columns.ToList().IndexOf(column) + 1).ToString(CultureInfo.InvariantCulture);
        string name = proposed;
        for (int i = 2; !names.Add(name); i++)
        {
            name = proposed + i.ToString(CultureInfo.InvariantCulture);
        }

        return name;
    }

    private void Write(ProposalLine line, string member)
    {
        if (line.Expression is null)
        {
            WriteOff(line, member);
            return;
        }

        WriteComments(line);
        Line($"{member} = {line.Expression}");
    }

    private void WriteOff(ProposalLine line) => WriteOff(line, line.Target!.Name);

    private void WriteOff(ProposalLine line, string member)
    {
        WriteComments(line);
        foreach (string choice in line.Choices)
        {
            Line("# " + $"{member} = {choice}".Replace("\n", "\n# "));
        }
    }

    private void WriteComments(ProposalLine line)
    {
        string sure = line.Confidence == ProposalConfidence.None ? string.Empty : $"{line.Confidence}, ";
        Comment($"{(line.Check ? "CHECK: " : string.Empty)}{sure}{line.Reason}.");
        foreach (string note in line.Notes)
        {
            Comment(note);
        }

        if (line.Expression is null)
        {
            Comment(line.Choices.Count > 1 ? "The line is left out. Take the # away from the right one:" : "The line is left out:");
        }
    }

    private static string Names(IEnumerable<ColumnProfile> columns) => string.Join(", ", columns.Select(static column => $"'{column.Name}'").Take(5));

    private void Comment(string text)
    {
        string rest = PowerShellLiteral.Comment(text);
        int width = Math.Max(Width - (_indent * 4), 40);
        while (rest.Length > width)
        {
            int end = rest.LastIndexOf(' ', width);
            end = end <= 0 ? width : end;
            Line($"# {rest.AsSpan(0, end).ToString()}");
            rest = rest.Substring(end).TrimStart();
        }

        Line(rest.Length == 0 ? "#" : "# " + rest);
    }

    // Line breaks are the writer's own: no name and no value has one.
    private void Line(string text)
    {
        foreach (string line in text.Split('\n'))
        {
            _text.Append(' ', _indent * 4).AppendLine(line);
        }
    }
}
