using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace InboundProvisioning.HelpBuilder;

/// <summary>Reads the page of a cmdlet; docs/en-US shows its form.</summary>
internal sealed class CommandPageReader
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().Build();

    private static readonly string[] SectionNames =
        ["Syntax", "Description", "Examples", "Parameters", "Inputs", "Outputs", "Notes", "Links"];

    private readonly string _path;
    private readonly string _name;

    private CommandPageReader(string path)
    {
        _path = path;
        _name = Path.GetFileNameWithoutExtension(path);
    }

    /// <summary>Reads a page.</summary>
    /// <exception cref="PageException">It is not in the form of a page.</exception>
    public static CommandPage Read(string markdown, string path) => new CommandPageReader(path).Read(Parse(markdown));

    /// <summary>Parses Markdown with the extensions that pages may use.</summary>
    public static MarkdownDocument Parse(string markdown) => Markdown.Parse(markdown, Pipeline);

    private CommandPage Read(MarkdownDocument document)
    {
        if (document.FirstOrDefault() is not HeadingBlock { Level: 1 } title || PlainText.Of(title) != _name)
        {
            throw Fault(document, $"The page starts with the heading '# {_name}'.");
        }

        IReadOnlyList<Block> intro = [.. document.Skip(1).TakeWhile(static block => block is not HeadingBlock)];
        if (intro is not [ParagraphBlock synopsis])
        {
            throw Fault(title, "One paragraph, the synopsis, follows the title.");
        }

        IReadOnlyDictionary<string, Section> sections = Sections(document, 2).ToDictionary(static section => section.Title);
        string[] missing = [.. SectionNames.Except(sections.Keys)];
        string[] unknown = [.. sections.Keys.Except(SectionNames)];
        if (missing.Length > 0 || unknown.Length > 0)
        {
            throw Fault(title, $"The sections are {string.Join(", ", SectionNames)}; missing: {string.Join(", ", missing)}; unknown: {string.Join(", ", unknown)}.");
        }

        return new CommandPage(
            _name,
            PlainText.Of(synopsis),
            [.. sections["Syntax"].Blocks.OfType<FencedCodeBlock>().Select(ReadSyntax)],
            PlainText.Paragraphs(sections["Description"].Blocks),
            [.. Sections(sections["Examples"].Blocks, 3).Select(ReadExample)],
            [.. Sections(sections["Parameters"].Blocks, 3).Select(ReadParameter)],
            [.. Sections(sections["Inputs"].Blocks, 3).Select(ReadType)],
            [.. Sections(sections["Outputs"].Blocks, 3).Select(ReadType)],
            PlainText.Paragraphs(sections["Notes"].Blocks),
            [.. sections["Links"].Blocks.SelectMany(static block => block.Descendants().OfType<LinkInline>()).Select(ReadLink)]);
    }

    private static IEnumerable<Section> Sections(IEnumerable<Block> blocks, int level)
    {
        Section? current = null;
        foreach (Block block in blocks)
        {
            if (block is HeadingBlock heading && heading.Level == level)
            {
                if (current is not null)
                {
                    yield return current;
                }

                current = new Section(PlainText.Of(heading), heading, []);
            }
            else
            {
                current?.Blocks.Add(block);
            }
        }

        if (current is not null)
        {
            yield return current;
        }
    }

    private SyntaxItem ReadSyntax(FencedCodeBlock code) =>
        SyntaxReader.Read(_name, PlainText.Code(code)) ?? throw Fault(code, "The syntax is none that Get-Command -Syntax would print.");

    private PageExample ReadExample(Section section) => section.Blocks is [FencedCodeBlock { Info: "powershell" } code, .. var remarks]
        ? new PageExample(section.Title, PlainText.Code(code), PlainText.Paragraphs(remarks))
        : throw Fault(section.Heading, "An example starts with a powershell code block.");

    private PageParameter ReadParameter(Section section)
    {
        if (!section.Title.StartsWith('-') || section.Blocks is not [.. var text, FencedCodeBlock { Info: "yaml" } facts] || text.Count == 0)
        {
            throw Fault(section.Heading, "A parameter has a heading '### -Name', a text, and a yaml code block of facts.");
        }

        var read = new Dictionary<string, string>();
        foreach (string line in PlainText.Code(facts).Split('\n'))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            string name = colon < 0 ? line : line[..colon];
            if (!PageParameter.FactNames.Contains(name) || !read.TryAdd(name, line[(colon + 1)..].Trim()))
            {
                throw Fault(facts, $"'{line}' is no fact, or one given twice; the facts are {string.Join(", ", PageParameter.FactNames)}.");
            }
        }

        string[] missing = [.. PageParameter.FactNames.Except(["Aliases", "Accepted values"]).Except(read.Keys)];
        return missing.Length == 0
            ? new PageParameter(section.Title[1..], PlainText.Paragraphs(text), read)
            : throw Fault(facts, $"The facts lack {string.Join(", ", missing)}.");
    }

    private static PageType ReadType(Section section) => new(section.Title, PlainText.Paragraphs(section.Blocks));

    private static PageLink ReadLink(LinkInline link) => new(PlainText.Of(link), PlainText.IsWeb(link.Url) ? link.Url : null);

    private PageException Fault(MarkdownObject place, string message) => new(_path, place.Line + 1, message);

    private sealed record Section(string Title, HeadingBlock Heading, List<Block> Blocks);
}
