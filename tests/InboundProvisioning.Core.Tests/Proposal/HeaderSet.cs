using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using InboundProvisioning.Csv;
using InboundProvisioning.Proposal;

namespace InboundProvisioning.Core.Tests.Proposal;

/// <summary>
/// The header of an HR export with some rows, and what each column is: a file of tests/Headers. Its first lines say where the columns are
/// from, then each column with its right answers (of Rules.txt, - for left over), and behind --- the file itself.
/// </summary>
internal sealed class HeaderSet
{
    private HeaderSet(string path)
    {
        Name = Path.GetFileNameWithoutExtension(path);
        string[] lines = File.ReadAllLines(path);
        int rule = Array.IndexOf(lines, "---");
        Source = string.Join(" ", lines.TakeWhile(static line => line.StartsWith("# ", StringComparison.Ordinal)).Select(static line => line[2..]));
        foreach (string line in lines.Take(rule).Where(static line => !line.StartsWith("# ", StringComparison.Ordinal)))
        {
            int arrow = line.LastIndexOf(" => ", StringComparison.Ordinal);
            Answers.Add(line[..arrow], line[(arrow + 4)..].Split('/'));
        }

        Csv = string.Join('\n', lines.Skip(rule + 1)) + "\n";
    }

    public string Name { get; }

    /// <summary>Where the columns are from: an address, or "made up".</summary>
    public string Source { get; }

    public Dictionary<string, string[]> Answers { get; } = new(StringComparer.Ordinal);

    public string Csv { get; }

    public static IReadOnlyList<HeaderSet> ReadAll(string folder) => [.. Directory.EnumerateFiles(folder, "*.txt").Order(StringComparer.Ordinal).Select(static path => new HeaderSet(path))];

    /// <summary>Proposes a mapping for the file, and holds it against the answers.</summary>
    public HeaderScore Score()
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, Csv);
            var proposal = MappingProposal.Create(file, new CsvFileOptions(), findsHeaderRow: true, urn: null, CancellationToken.None);
            return new HeaderScore(this, [.. Answers.Select(answer => Of(answer.Key, answer.Value, proposal))]);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static ColumnScore Of(string column, string[] answers, MappingProposal proposal)
    {
        List<AttributeProposal> lines = [.. proposal.Attributes.Where(line => line.Column == column && line.Attribute is not null)];

        // A second use of the last day and of the e-mail address is told apart by being marked.
        List<AttributeProposal> counted = [.. lines.Where(line => !(line.Check && (Key(line.Attribute!) is "userName" or "active") && lines.Count > 1))];
        string[] found = [.. counted.Select(static line => Key(line.Attribute!))];
        bool isRight = found.Length == 0 ? answers.Contains("-") : found.All(answers.Contains);
        bool isWrong = counted.Exists(line => !answers.Contains(Key(line.Attribute!)));
        bool isUnmarked = counted.Exists(line => !answers.Contains(Key(line.Attribute!)) && !line.Check);
        return new ColumnScore(column, string.Join("/", answers), found.Length == 0 ? "-" : string.Join("/", found), isRight, isWrong && isUnmarked);
    }

    private static string Key(string attribute)
    {
        string path = attribute.StartsWith("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:", StringComparison.Ordinal)
            ? "enterprise." + attribute[(attribute.LastIndexOf(':') + 1)..]
            : attribute.StartsWith("urn:", StringComparison.Ordinal) ? "extension." + attribute[(attribute.LastIndexOf(':') + 1)..] : attribute;
        return path.Replace("[type eq \"", ".").Replace("\"]", string.Empty);
    }
}
