using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Markdig.Extensions.Tables;
using Markdig.Syntax;

namespace InboundProvisioning.HelpBuilder;

/// <summary>Turns an about page into the text that Get-Help shows: lines of at most 80 characters, indented under their headings.</summary>
internal static class AboutTopic
{
    private const int Width = 80;
    private const string Indent = "    ";

    /// <summary>The text of a page, whose first paragraph is the short description that Get-Help lists.</summary>
    /// <exception cref="PageException">It does not start with its name and a short description.</exception>
    public static string ToText(string markdown, string path)
    {
        MarkdownDocument document = CommandPageReader.Parse(markdown);
        string name = Path.GetFileNameWithoutExtension(path);
        if (document.Count < 2 || document[0] is not HeadingBlock { Level: 1 } first || PlainText.Of(first) != name || document[1] is not ParagraphBlock)
        {
            throw new PageException(path, 1, $"The page starts with the heading '# {name}' and a short description.");
        }

        var text = new StringBuilder();
        Heading("TOPIC", text);
        Append(name, text);
        Heading("SHORT DESCRIPTION", text);
        foreach (Block block in document.Skip(1))
        {
            if (block is HeadingBlock heading)
            {
                string title = PlainText.Of(heading);
                Heading(heading.Level == 2 ? title.ToUpperInvariant() : title, text);
            }
            else
            {
                string words = PlainText.Of(block);
                Append(
                    block switch
                    {
                        CodeBlock => PlainText.Indent(words, Indent),
                        Table => words,
                        _ => Wrap(words),
                    },
                    text);
            }
        }

        return text.ToString().TrimEnd() + "\n";
    }

    private static void Heading(string words, StringBuilder text) => text.Append(words).Append('\n');

    private static void Append(string block, StringBuilder text)
    {
        foreach (string line in block.Split('\n'))
        {
            text.Append((Indent + line).TrimEnd()).Append('\n');
        }

        text.Append('\n');
    }

    // A continued line stands under the text of its list item.
    private static string Wrap(string block)
    {
        var lines = new List<string>();
        foreach (string line in block.Split('\n'))
        {
            string text = line.TrimStart();
            int mark = text.StartsWith("- ", StringComparison.Ordinal) ? 2 : 0;
            string hanging = new(' ', line.Length - text.Length + mark);
            string current = line[..hanging.Length];
            bool isEmpty = true;
            foreach (string word in text[mark..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (!isEmpty && Indent.Length + current.Length + 1 + word.Length > Width)
                {
                    lines.Add(current);
                    current = hanging;
                    isEmpty = true;
                }

                current += isEmpty ? word : " " + word;
                isEmpty = false;
            }

            lines.Add(current);
        }

        return string.Join('\n', lines);
    }
}
