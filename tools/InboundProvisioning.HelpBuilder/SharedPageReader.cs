using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Markdig.Syntax;

namespace InboundProvisioning.HelpBuilder;

/// <summary>Reads a page of parameters that several cmdlets take; docs/en-US/shared shows its form.</summary>
internal static class SharedPageReader
{
    /// <summary>Reads a page, and the shared pages that it refers to itself.</summary>
    /// <exception cref="PageException">There is no such page, or it is not in the form of one.</exception>
    public static SharedPage Read(string path, PageException missing)
    {
        if (!File.Exists(path))
        {
            throw missing;
        }

        string name = Path.GetFileNameWithoutExtension(path);
        MarkdownDocument document = CommandPageReader.Parse(File.ReadAllText(path));
        if (document.FirstOrDefault() is not HeadingBlock { Level: 1 } title || PlainText.Of(title) != name)
        {
            throw new PageException(path, 1, $"The page starts with the heading '# {name}'.");
        }

        IReadOnlyList<PageSection> sections = [.. PageSection.Of(document, 2)];
        if (sections is not [{ Title: "Syntax", Blocks: [FencedCodeBlock syntax] }, { Title: "Parameters" } parameters])
        {
            throw new PageException(path, title.Line + 1, "The sections are Syntax, with one code block, and Parameters.");
        }

        var section = PageParameters.Read(parameters, path);
        string text = SyntaxReader.Expand(PlainText.Code(syntax), section.Shared);
        return SyntaxReader.IsParameters(text)
            ? new SharedPage(name, text, section.All)
            : throw new PageException(path, syntax.Line + 1, "The syntax is none that Get-Command -Syntax would print for these parameters.");
    }
}
