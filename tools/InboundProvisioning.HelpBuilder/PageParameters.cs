using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace InboundProvisioning.HelpBuilder;

/// <summary>
/// The section Parameters of a page: sections of its own, and the shared pages that it links to before the first of them.
/// </summary>
/// <param name="Own">The parameters that the page itself describes.</param>
/// <param name="Shared">The shared pages, in order.</param>
internal sealed record PageParameters(IReadOnlyList<PageParameter> Own, IReadOnlyList<SharedPage> Shared)
{
    /// <summary>All parameters: those of the page, then those of the shared pages that it does not describe itself.</summary>
    public IReadOnlyList<PageParameter> All =>
        [.. Own, .. Shared.SelectMany(static page => page.Parameters).Where(shared => Own.All(own => own.Name != shared.Name))];

    /// <summary>Reads the section.</summary>
    /// <exception cref="PageException">A parameter or a shared page is not in the form of one.</exception>
    public static PageParameters Read(PageSection section, string path) => new(
        [.. PageSection.Of(section.Blocks, 3).Select(parameter => ReadParameter(parameter, path))],
        [.. section.Blocks.TakeWhile(static block => block is not HeadingBlock).OfType<ParagraphBlock>().SelectMany(static block => block.Inline!.Descendants<LinkInline>())
            .Where(static link => link.Url?.Contains(".md", StringComparison.Ordinal) == true && !PlainText.IsWeb(link.Url))
            .Select(link => ReadShared(link, path))]);

    private static SharedPage ReadShared(LinkInline link, string path) => SharedPageReader.Read(
        Path.Combine(Path.GetDirectoryName(path)!, link.Url!),
        new PageException(path, link.Line + 1, $"There is no page '{link.Url}'."));

    private static PageParameter ReadParameter(PageSection section, string path)
    {
        if (!section.Title.StartsWith('-') || section.Blocks is not [.. var text, FencedCodeBlock { Info: "yaml" } facts] || text.Count == 0)
        {
            throw new PageException(path, section.Heading.Line + 1, "A parameter has a heading '### -Name', a text, and a yaml code block of facts.");
        }

        var read = new Dictionary<string, string>();
        foreach (string line in PlainText.Code(facts).Split('\n'))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            string name = colon < 0 ? line : line[..colon];
            if (!PageParameter.FactNames.Contains(name) || !read.TryAdd(name, line[(colon + 1)..].Trim()))
            {
                throw new PageException(
                    path, facts.Line + 1, $"'{line}' is no fact, or one given twice; the facts are {string.Join(", ", PageParameter.FactNames)}.");
            }
        }

        string[] missing = [.. PageParameter.FactNames.Except(["Aliases", "Accepted values"]).Except(read.Keys)];
        return missing.Length == 0
            ? new PageParameter(section.Title[1..], PlainText.Paragraphs(text), read)
            : throw new PageException(path, facts.Line + 1, $"The facts lack {string.Join(", ", missing)}.");
    }
}
