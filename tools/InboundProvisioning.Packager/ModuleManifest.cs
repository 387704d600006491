using System;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace InboundProvisioning.Packager;

/// <summary>What the manifest says of the module. It is the one place that states the version.</summary>
internal sealed partial class ModuleManifest
{
    /// <summary>The module's name.</summary>
    public const string ModuleName = "InboundProvisioning";

    /// <summary>The manifest's name.</summary>
    public const string FileName = ModuleName + ".psd1";

    private ModuleManifest(string text)
    {
        string? label = Find(text, "Prerelease");
        Version = label is null ? Get(text, "ModuleVersion") : $"{Get(text, "ModuleVersion")}-{label}";
        Author = Get(text, "Author");
        CompanyName = Get(text, "CompanyName");
        Copyright = Get(text, "Copyright");
        Description = Get(text, "Description");
        LicenseUri = Get(text, "LicenseUri");
        Tags = [.. Quoted().Matches(TagList().Match(text).Groups[1].Value).Select(static match => match.Groups[1].Value)];
    }

    /// <summary>The version, with the label of a pre-release behind a hyphen.</summary>
    public string Version { get; }

    /// <summary>Who wrote it.</summary>
    public string Author { get; }

    /// <summary>Whose it is.</summary>
    public string CompanyName { get; }

    /// <summary>The copyright.</summary>
    public string Copyright { get; }

    /// <summary>What it is.</summary>
    public string Description { get; }

    /// <summary>Where its licence is.</summary>
    public string LicenseUri { get; }

    /// <summary>What the gallery finds it by.</summary>
    public string[] Tags { get; }

    /// <summary>Reads a manifest in the form of this repository: each value a text in single quotes.</summary>
    /// <exception cref="PackagingFault">Something is not there.</exception>
    public static ModuleManifest Parse(string text) => new(text);

    /// <summary>The manifest with the label of a pre-release.</summary>
    /// <param name="text">The manifest.</param>
    /// <param name="label">The label.</param>
    /// <exception cref="PackagingFault">PowerShell takes no such label.</exception>
    public static byte[] Labelled(string text, string label)
    {
        // https://learn.microsoft.com/powershell/gallery/concepts/module-prerelease-support
        if (!Label().IsMatch(label))
        {
            throw new PackagingFault($"'{label}' cannot be the label of a pre-release: letters and digits, a letter first, such as preview1 or rc2.");
        }

        string line = $"Prerelease = '{label}'";
        string labelled = Find(text, "Prerelease") is null
            ? PrivateDataStart().Replace(text, match => $"{match.Value}{match.Groups[1].Value}    {line}\n", 1)
            : PrereleaseLine().Replace(text, line, 1);
        return Find(labelled, "Prerelease") == label
            ? Encoding.UTF8.GetBytes(labelled)
            : throw new PackagingFault($"{FileName} has no PSData to put the label into.");
    }

    private static string Get(string text, string key) => Find(text, key) ?? throw new PackagingFault($"{FileName} does not say {key}.");

    private static string? Find(string text, string key)
    {
        Match match = Regex.Match(text, $@"^\s*{key}\s*=\s*'((?:[^']|'')*)'", RegexOptions.Multiline);
        return match.Success && match.Groups[1].Length > 0 ? match.Groups[1].Value.Replace("''", "'", StringComparison.Ordinal) : null;
    }

    [GeneratedRegex(@"^\s*Tags\s*=\s*@\(([^)]*)\)", RegexOptions.Multiline)]
    private static partial Regex TagList();

    [GeneratedRegex("'([^']*)'")]
    private static partial Regex Quoted();

    [GeneratedRegex("^[A-Za-z][0-9A-Za-z]*$")]
    private static partial Regex Label();

    [GeneratedRegex(@"^([ \t]*)PSData\s*=\s*@\{[ \t]*\r?\n", RegexOptions.Multiline)]
    private static partial Regex PrivateDataStart();

    [GeneratedRegex(@"Prerelease\s*=\s*'[^']*'")]
    private static partial Regex PrereleaseLine();
}
