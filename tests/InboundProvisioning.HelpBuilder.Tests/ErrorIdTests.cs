using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace InboundProvisioning.HelpBuilder.Tests;

/// <summary>Error ids are what scripts and users look for: docs/troubleshooting.md or the page of Test-ScimAttributeMapping has them all.</summary>
public partial class ErrorIdTests
{
    private static readonly string Source = string.Join('\n', SourceFiles().Select(File.ReadAllText));

    [Fact]
    public void Every_error_id_of_the_code_is_documented()
    {
        string documented = Read("docs/troubleshooting.md") + Read("docs/en-US/Test-ScimAttributeMapping.md");

        Assert.Empty(InCode().Matches(Source)
            .Select(static match => match.Groups["id"].Value)
            .Distinct()
            .Where(id => !Regex.IsMatch(documented, $@"\b{id}\b"))
            .Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_documented_error_id_is_in_the_code() => Assert.Empty(InTable().Matches(Read("docs/troubleshooting.md"))
        .SelectMany(static match => match.Groups["ids"].Value.Split(", "))
        .Where(static id => !Regex.IsMatch(Source, $@"\b{id}\b"))
        .Order(StringComparer.Ordinal));

    private static IEnumerable<string> SourceFiles() => new[] { "InboundProvisioning.Core", "InboundProvisioning.PowerShell" }
        .SelectMany(static project => Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", project), "*.cs", SearchOption.AllDirectories))
        .Where(static path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    private static string Read(string path) => File.ReadAllText(Path.Combine(Repository.Root, path));

    // The ways in which a fault gets its id.
    [GeneratedRegex("""(?:(?:Fault|Fail|Exception|Unreadable|Error|Faulty|new)\((?:findings, |exception, |source, number, |path, |_source, _number, )?\s*|ErrorId = )"(?<id>[A-Z][a-z]+(?:[A-Z][A-Za-z]*)+)",(?! ActionPreference)""")]
    private static partial Regex InCode();

    [GeneratedRegex(@"^\| (?<ids>[A-Z][A-Za-z]+(?:, [A-Z][A-Za-z]+)*) \|", RegexOptions.Multiline)]
    private static partial Regex InTable();
}
