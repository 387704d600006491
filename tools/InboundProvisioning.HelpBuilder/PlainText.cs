using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace InboundProvisioning.HelpBuilder;

/// <summary>Turns Markdown into the text that a console shows: a string a paragraph, in which a list or code keeps its lines.</summary>
internal static class PlainText
{
    /// <summary>The paragraphs of blocks.</summary>
    public static IReadOnlyList<string> Paragraphs(IEnumerable<Block> blocks) =>
        [.. blocks.Select(Of).Where(static text => text.Length > 0)];

    /// <summary>The text of a block.</summary>
    public static string Of(Block block) => block switch
    {
        HeadingBlock heading => Of(heading.Inline),
        ParagraphBlock paragraph => Of(paragraph.Inline),
        CodeBlock code => Code(code),
        ListBlock list => List(list),
        Table table => OfTable(table),
        ContainerBlock container => string.Join("\n\n", Paragraphs(container)),
        _ => string.Empty,
    };

    /// <summary>The text of inlines; a link to the web is followed by its address.</summary>
    public static string Of(ContainerInline? inlines)
    {
        var text = new StringBuilder();
        Append(inlines, text);
        return text.ToString();
    }

    /// <summary>The lines of a code block.</summary>
    public static string Code(LeafBlock code) => code.Lines.ToString().TrimEnd();

    /// <summary>Indents the lines that are not empty.</summary>
    public static string Indent(string text, string indent) =>
        string.Join('\n', text.Split('\n').Select(line => line.Length == 0 ? line : indent + line));

    public static bool IsWeb(string? address) => address is not null && address.StartsWith("https://", StringComparison.Ordinal);

    private static void Append(ContainerInline? inlines, StringBuilder text)
    {
        foreach (Inline inline in inlines ?? Enumerable.Empty<Inline>())
        {
            switch (inline)
            {
                case LiteralInline literal:
                    text.Append(literal.Content.AsSpan());
                    break;
                case CodeInline code:
                    text.Append(code.Content);
                    break;
                case LineBreakInline:
                    text.Append(' ');
                    break;
                case AutolinkInline link:
                    text.Append(link.Url);
                    break;
                case LinkInline link:
                    Append(link, text);
                    if (IsWeb(link.Url))
                    {
                        text.Append(" (").Append(link.Url).Append(')');
                    }

                    break;
                case ContainerInline container:
                    Append(container, text);
                    break;
            }
        }
    }

    private static string List(ListBlock list)
    {
        var lines = new List<string>();
        int number = list.IsOrdered && int.TryParse(list.OrderedStart, out int start) ? start : 1;
        foreach (Block item in list)
        {
            string mark = list.IsOrdered ? $"{number++}. " : "- ";
            string text = Of(item);
            lines.Add(mark + Indent(text, new string(' ', mark.Length)).TrimStart());
        }

        return string.Join('\n', lines);
    }

    private static string OfTable(Table table)
    {
        List<string[]> rows = [.. table.OfType<TableRow>().Select(static row => row.OfType<TableCell>().Select(static cell => Of(cell)).ToArray())];
        int columns = rows.Max(static row => row.Length);
        int[] widths = [.. Enumerable.Range(0, columns).Select(column => rows.Max(row => column < row.Length ? row[column].Length : 0))];
        var lines = new List<string>();
        foreach (string[] row in rows)
        {
            lines.Add(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
            if (lines.Count == 1)
            {
                lines.Add(string.Join("  ", widths.Select(static width => new string('-', width))));
            }
        }

        return string.Join('\n', lines);
    }
}
