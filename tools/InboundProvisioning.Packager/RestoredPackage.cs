using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Xml.Linq;

namespace InboundProvisioning.Packager;

/// <summary>A package as it lies where NuGet has put it, and what it says of itself.</summary>
internal sealed class RestoredPackage
{
    private readonly string _folder;
    private readonly string[] _files;
    private readonly Lazy<XElement> _metadata;

    public RestoredPackage(string id, string version, string folder, string[] files)
    {
        Id = id;
        Version = version;
        _folder = folder;
        _files = files;
        _metadata = new Lazy<XElement>(ReadMetadata);
    }

    /// <summary>Its id.</summary>
    public string Id { get; }

    /// <summary>Its version.</summary>
    public string Version { get; }

    /// <summary>Its address in the form of https://github.com/package-url/purl-spec.</summary>
    public string Url => $"pkg:nuget/{Id}@{Version}";

    /// <summary>Its licence as an SPDX expression; null where it says none, or has a file for it.</summary>
    public string? LicenseExpression =>
        Element("license") is { } license && license.Attribute("type")?.Value == "expression" ? license.Value.Trim() : null;

    /// <summary>Its copyright; null where it says none.</summary>
    public string? Copyright => Text("copyright");

    /// <summary>Its page; null where it says none.</summary>
    public string? ProjectUrl => Text("projectUrl");

    /// <summary>The text of its licence; null where it brings none.</summary>
    public string? License => TextOf("LICENSE", "LICENSE.txt", "LICENSE.md");

    /// <summary>What it has to say of others' work in it; null where it brings nothing.</summary>
    public string? Notices => TextOf("THIRD-PARTY-NOTICES.txt", "ThirdPartyNotices.txt", "NOTICE", "NOTICE.txt");

    /// <inheritdoc/>
    public override string ToString() => $"{Id} {Version}";

    private string? Text(string name) => Element(name)?.Value.Trim() is { Length: > 0 } text ? text : null;

    private XElement? Element(string name) => _metadata.Value.Elements().FirstOrDefault(element => element.Name.LocalName == name);

    // Of the names that a licence has at the root of packages; in a subfolder it is that of something else.
    private string? TextOf(params string[] names)
    {
        string? name = _files.FirstOrDefault(file => names.Contains(file, StringComparer.OrdinalIgnoreCase));
        return name is null ? null : File.ReadAllText(Path.Combine(_folder, name), Encoding.UTF8).ReplaceLineEndings("\n").Trim('\n');
    }

    private XElement ReadMetadata()
    {
        string name = _files.First(static file => file.EndsWith(".nuspec", StringComparison.Ordinal));
        return XDocument.Load(Path.Combine(_folder, name)).Root!.Elements().First(static element => element.Name.LocalName == "metadata");
    }
}
