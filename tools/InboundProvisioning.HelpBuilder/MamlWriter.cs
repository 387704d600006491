using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace InboundProvisioning.HelpBuilder;

/// <summary>Writes the help of cmdlets as MAML, the form that Get-Help reads in every edition of PowerShell.</summary>
internal static class MamlWriter
{
    private static readonly XNamespace Msh = "http://msh";
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    /// <summary>Writes the file.</summary>
    public static void Write(IEnumerable<CommandPage> pages, string path)
    {
        var document = new XDocument(new XElement(Msh + "helpItems", new XAttribute("schema", "maml"), pages.Select(OfPage)));

        // Without indentation and with short prefixes, which would be a third of it: it ships with the module.
        using var writer = XmlWriter.Create(path, new XmlWriterSettings { Encoding = new UTF8Encoding(false), NewLineChars = "\n" });
        document.Save(writer);
    }

    private static XElement OfPage(CommandPage page)
    {
        string[] name = page.Name.Split('-');
        return new XElement(
            Command + "command",
            new XAttribute(XNamespace.Xmlns + "m", Maml.NamespaceName),
            new XAttribute(XNamespace.Xmlns + "c", Command.NamespaceName),
            new XAttribute(XNamespace.Xmlns + "d", Dev.NamespaceName),
            new XElement(
                Command + "details",
                new XElement(Command + "name", page.Name),
                new XElement(Command + "verb", name[0]),
                new XElement(Command + "noun", name[1]),
                new XElement(Maml + "description", Paragraphs([page.Synopsis]))),
            new XElement(Maml + "description", Paragraphs(page.Description)),
            new XElement(Command + "syntax", page.Syntax.Select(item => OfSyntax(page, item))),
            new XElement(Command + "parameters", page.Parameters.Select(parameter => OfParameter(
                parameter, parameter.Required, parameter.Position, parameter.Description))),
            new XElement(Command + "inputTypes", page.Inputs.Select(type => OfType("inputType", type))),
            new XElement(Command + "returnValues", page.Outputs.Select(type => OfType("returnValue", type))),
            new XElement(Maml + "alertSet", page.Notes.Count == 0 ? null : new XElement(Maml + "alert", Paragraphs(page.Notes))),
            new XElement(Command + "examples", page.Examples.Select(OfExample)),
            new XElement(Command + "relatedLinks", page.Links.Select(OfLink)));
    }

    private static XElement OfSyntax(CommandPage page, SyntaxItem item)
    {
        int position = 0;
        return new XElement(
            Command + "syntaxItem",
            new XElement(Maml + "name", page.Name),
            item.Parameters.Select(parameter => OfParameter(
                page.Parameters.First(documented => documented.Name == parameter.Name),
                Text(parameter.IsRequired),
                parameter.IsPositional ? (position++).ToString(CultureInfo.InvariantCulture) : "named",
                description: null)));
    }

    private static XElement OfParameter(PageParameter parameter, string required, string position, IReadOnlyList<string>? description) => new(
        Command + "parameter",
        new XAttribute("required", required),

        // The line of the syntax shows no more than name, type, place, and what has to be there.
        description is null ? null : new XAttribute("variableLength", Text(parameter.TakesArray)),
        description is null ? null : new XAttribute("globbing", parameter.Wildcards),
        description is null ? null : new XAttribute("pipelineInput", parameter.PipelineInput),
        new XAttribute("position", position),
        description is null ? null : new XAttribute("aliases", parameter.Aliases.Length == 0 ? "none" : parameter.Aliases),
        new XElement(Maml + "name", parameter.Name),
        description is null ? null : new XElement(Maml + "description", Paragraphs(description)),
        parameter.AcceptedValues.Count == 0
            ? null
            : new XElement(
                Command + "parameterValueGroup",
                parameter.AcceptedValues.Select(value => new XElement(
                    Command + "parameterValue", new XAttribute("required", "false"), new XAttribute("variableLength", "false"), value))),
        parameter.IsSwitch
            ? null
            : new XElement(
                Command + "parameterValue",
                new XAttribute("required", "true"),
                description is null ? null : new XAttribute("variableLength", Text(parameter.TakesArray)),
                parameter.Type),
        description is null ? null : new XElement(Dev + "type", new XElement(Maml + "name", parameter.Type), new XElement(Maml + "uri")),
        description is null ? null : new XElement(Dev + "defaultValue", parameter.DefaultValue));

    private static XElement OfType(string element, PageType type) => new(
        Command + element,
        new XElement(Dev + "type", new XElement(Maml + "name", type.Name)),
        new XElement(Maml + "description", Paragraphs(type.Description)));

    private static XElement OfExample(PageExample example, int index) => new(
        Command + "example",
        new XElement(
            Maml + "title",
            string.Create(CultureInfo.InvariantCulture, $"Example {index + 1}: {example.Title}")),
        new XElement(Dev + "code", example.Code),

        // Get-Help puts no space between examples; an empty paragraph does.
        new XElement(Dev + "remarks", Paragraphs([.. example.Remarks, string.Empty])));

    // The address stands in the text: Get-Help -Online would open the first one that has an element of its own.
    private static XElement OfLink(PageLink link) => new(
        Maml + "navigationLink",
        new XElement(Maml + "linkText", link.Address is null ? link.Text : $"{link.Text}: {link.Address}"),
        new XElement(Maml + "uri"));

    private static IEnumerable<XElement> Paragraphs(IReadOnlyList<string> texts) =>
        texts.Select(static text => new XElement(Maml + "para", text));

    private static string Text(bool value) => value ? "true" : "false";
}
