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

        IReadOnlyDictionary<string, PageSection> sections = PageSection.Of(document, 2).ToDictionary(static section => section.Title);
        string[] missing = [.. SectionNames.Except(sections.Keys)];
        string[] unknown = [.. sections.Keys.Except(SectionNames)];
        if (missing.Length > 0 || unknown.Length > 0)
        {
            throw Fault(title, $"The sections are {string.Join(", ", SectionNames)}; missing: {string.Join(", ", missing)}; unknown: {string.Join(", ", unknown)}.");
        }

        PageParameters parameters = PageParameters.Read(sections["Parameters"], _path);
        return new CommandPage(
            _name,
            PlainText.Of(synopsis),
            [.. sections["Syntax"].Blocks.OfType<FencedCodeBlock>().Select(code => ReadSyntax(code, parameters.Shared))],
            PlainText.Paragraphs(sections["Description"].Blocks),
            [.. PageSection.Of(sections["Examples"].Blocks, 3).Select(ReadExample)],
            parameters.All,
            [.. PageSection.Of(sections["Inputs"].Blocks, 3).Select(ReadType)],
            [.. PageSection.Of(sections["Outputs"].Blocks, 3).Select(ReadType)],
            PlainText.Paragraphs(sections["Notes"].Blocks),
            [.. sections["Links"].Blocks.SelectMany(static block => block.Descendants().OfType<LinkInline>()).Select(ReadLink)]);
    }

    private SyntaxItem ReadSyntax(FencedCodeBlock code, IReadOnlyList<SharedPage> shared) =>
        SyntaxReader.Read(_name, SyntaxReader.Expand(PlainText.Code(code), shared)) ?? throw Fault(code, "The syntax is none that Get-Command -Syntax would print.");

    private PageExample ReadExample(PageSection section) => section.Blocks is [FencedCodeBlock { Info: "powershell" } code, .. var remarks]
        ? new PageExample(section.Title, PlainText.Code(code), PlainText.Paragraphs(remarks))
        : throw Fault(section.Heading, "An example starts with a powershell code block.");

    private static PageType ReadType(PageSection section) => new(section.Title, PlainText.Paragraphs(section.Blocks));

    private static PageLink ReadLink(LinkInline link) => new(PlainText.Of(link), PlainText.IsWeb(link.Url) ? link.Url : null);

    private PageException Fault(MarkdownObject place, string message) => new(_path, place.Line + 1, message);
}
