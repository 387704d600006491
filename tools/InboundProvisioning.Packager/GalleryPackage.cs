using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace InboundProvisioning.Packager;

/// <summary>
/// The parts of a package as PowerShell's galleries take it: the module's files beside a description of NuGet's, in the form of the Open
/// Packaging Conventions (ECMA-376, part 2). PowerShell's own commands write the same, with a name and an order that differ each time.
/// </summary>
internal static class GalleryPackage
{
    private const string CoreProperties = "package/services/metadata/core-properties/properties.psmdcp";
    private const string Specification = ModuleManifest.ModuleName + ".nuspec";

    private static readonly XNamespace Nuspec = "http://schemas.microsoft.com/packaging/2011/08/nuspec.xsd";
    private static readonly XNamespace Relationships = "http://schemas.openxmlformats.org/package/2006/relationships";
    private static readonly XNamespace ContentTypes = "http://schemas.openxmlformats.org/package/2006/content-types";
    private static readonly XNamespace Properties = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties";
    private static readonly XNamespace DublinCore = "http://purl.org/dc/elements/1.1/";

    /// <summary>The parts.</summary>
    /// <param name="manifest">The module.</param>
    /// <param name="folder">Its files.</param>
    public static IEnumerable<ModuleFile> Parts(ModuleManifest manifest, ModuleFolder folder)
    {
        // PSModule is what makes it a module for the galleries; without dependencies there is no more to say.
        string tags = string.Join(' ', manifest.Tags.Prepend("PSModule"));
        return
        [
            Part("[Content_Types].xml", Types(folder)),
            Part("_rels/.rels", new XElement(
                Relationships + "Relationships",
                Relation("http://schemas.microsoft.com/packaging/2010/07/manifest", Specification, "R1"),
                Relation("http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", CoreProperties, "R2"))),
            Part(Specification, new XElement(
                Nuspec + "package",
                new XElement(
                    Nuspec + "metadata",
                    new XElement(Nuspec + "id", ModuleManifest.ModuleName),
                    new XElement(Nuspec + "version", manifest.Version),
                    new XElement(Nuspec + "authors", manifest.Author),
                    new XElement(Nuspec + "owners", manifest.CompanyName),
                    new XElement(Nuspec + "requireLicenseAcceptance", "false"),
                    new XElement(Nuspec + "licenseUrl", manifest.LicenseUri),
                    new XElement(Nuspec + "description", manifest.Description),
                    new XElement(Nuspec + "copyright", manifest.Copyright),
                    new XElement(Nuspec + "tags", tags)))),
            Part(CoreProperties, new XElement(
                Properties + "coreProperties",
                new XAttribute(XNamespace.Xmlns + "dc", DublinCore),
                new XElement(DublinCore + "creator", manifest.Author),
                new XElement(DublinCore + "description", manifest.Description),
                new XElement(DublinCore + "identifier", ModuleManifest.ModuleName),
                new XElement(Properties + "version", manifest.Version),
                new XElement(Properties + "keywords", tags))),
            .. folder.Files,
        ];
    }

    // Each extension has its type once; a part without one is named.
    private static XElement Types(ModuleFolder folder) => new(
        ContentTypes + "Types",
        Default("rels", "application/vnd.openxmlformats-package.relationships+xml"),
        Default("psmdcp", "application/vnd.openxmlformats-package.core-properties+xml"),
        folder.Files.Select(static file => Path.GetExtension(file.Name)).Append(".nuspec")
            .Where(static extension => extension.Length > 0)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Select(static extension => Default(extension[1..], "application/octet")),
        folder.Files.Where(static file => Path.GetExtension(file.Name).Length == 0)
            .Select(static file => new XElement(
                ContentTypes + "Override", new XAttribute("PartName", "/" + file.Name), new XAttribute("ContentType", "application/octet"))));

    private static XElement Default(string extension, string type) =>
        new(ContentTypes + "Default", new XAttribute("Extension", extension), new XAttribute("ContentType", type));

    private static XElement Relation(string type, string target, string id) =>
        new(Relationships + "Relationship", new XAttribute("Type", type), new XAttribute("Target", "/" + target), new XAttribute("Id", id));

    private static ModuleFile Part(string name, XElement root)
    {
        using var content = new MemoryStream();
        using (var writer = XmlWriter.Create(content, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n" }))
        {
            root.Save(writer);
        }

        return new ModuleFile(name, content.ToArray());
    }
}
