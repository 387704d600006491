using System;
using System.Linq;
using System.Text.RegularExpressions;

namespace InboundProvisioning.Release.Tests;

/// <summary>docs/security.md against what the code asks for.</summary>
public sealed partial class SecurityPageTests
{
    [Fact]
    public void It_says_of_each_permission_of_the_module_what_it_allows_and_of_no_other()
    {
        string[] asked = [.. Constant().Matches(Repository.Text("src/InboundProvisioning.Core/Permissions/GraphPermissions.cs")).Select(static match => match.Groups[1].Value)];
        string[] told = [.. Row().Matches(Repository.Text("docs/security.md")).Select(static match => match.Groups[1].Value)];

        Assert.NotEmpty(asked);
        Assert.Equal(asked.Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void It_says_how_long_the_state_keeps_what()
    {
        string page = Repository.Text("docs/security.md");

        Assert.All(
            Retention().Matches(Repository.Text("src/InboundProvisioning.Core/State/StateRetention.cs")).Where(static match => match.Groups[1].Value != "Calls"),
            match => Assert.Contains($"{match.Groups[2].Value} days", page, StringComparison.Ordinal));
    }

    [GeneratedRegex("public const string \\w+ = \"([^\"]+)\";")]
    private static partial Regex Constant();

    [GeneratedRegex(@"^\| `([A-Za-z.-]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"TimeSpan (\w+) = TimeSpan\.FromDays\((\d+)\)")]
    private static partial Regex Retention();
}
