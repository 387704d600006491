using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace InboundProvisioning.Release.Tests.Workflows;

/// <summary>What a workflow must not do, whatever it is for: each rule closes a way by which others have lost their packages.</summary>
public sealed partial class WorkflowTests
{
    /// <summary>The workflows.</summary>
    public static TheoryData<string> Workflows => [.. Repository.Files(".github/workflows", "*.yml")];

    [Fact]
    public void There_is_one_build() => Assert.Equal(["build.yml"], Repository.Files(".github/workflows", "*").Select(static path => path.Split('/', '\\')[^1]));

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Each_action_is_named_by_the_hash_of_a_commit_and_says_its_version(string path)
    {
        string[] lines = [.. Repository.Text(path).Split('\n').Where(static line => line.Contains("uses:", StringComparison.Ordinal))];

        Assert.NotEmpty(lines);
        Assert.All(lines, static line => Assert.Matches(PinnedAction(), line));
        Assert.Equal(lines.Length, Jobs(path).SelectMany(static job => Steps(job.Value)).Count(static step => step.Text("uses") is not null));
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void An_action_has_one_version(string path) => Assert.All(
        PinnedAction().Matches(Repository.Text(path)).GroupBy(static match => match.Groups["action"].Value),
        static uses => Assert.Single(uses.Select(static match => match.Groups["pin"].Value).Distinct()));

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Nothing_is_permitted_but_what_a_job_names(string path)
    {
        Assert.Empty(Repository.Yaml(path).Get("permissions").Entries());
        Assert.All(Jobs(path), static job => Assert.NotEmpty(job.Value.Get("permissions").Entries()));
    }

    [Fact]
    public void Only_what_a_release_takes_may_write()
    {
        IEnumerable<string> writes =
            from job in Jobs(".github/workflows/build.yml")
            from permission in job.Value.Get("permissions").Entries()
            where ((YamlScalarNode)permission.Value).Value != "read"
            select $"{job.Key}: {permission.Key}";

        Assert.Equal(["attest: id-token", "attest: attestations", "release: contents"], writes);
    }

    [Fact]
    public void What_writes_or_has_a_secret_runs_for_a_tag_alone_and_after_all_tests()
    {
        Dictionary<string, YamlNode> jobs = Jobs(".github/workflows/build.yml").ToDictionary(static job => job.Key, static job => job.Value);

        Assert.All(["attest", "publish", "release"], name => Assert.Equal("github.ref_type == 'tag'", jobs[name].Text("if")));
        Assert.Equal(["test", "package", "reproduce", "package-test"], Needs(jobs["attest"]));
        Assert.Equal(["attest"], Needs(jobs["publish"]));
        Assert.Equal(["publish"], Needs(jobs["release"]));
    }

    [Fact]
    public void The_secret_is_there_for_one_step_of_the_job_that_waits_for_an_approval()
    {
        string text = Repository.Text(".github/workflows/build.yml");
        YamlNode publish = Jobs(".github/workflows/build.yml").Single(static job => job.Key == "publish").Value;

        Assert.Single(SecretUse().Matches(text));
        Assert.Single(Steps(publish), static step => step.Find("env")?.Text("PSGALLERY_API_KEY") == "${{ secrets.PSGALLERY_API_KEY }}");
        Assert.Equal("powershell-gallery", publish.Text("environment"));
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void It_is_not_started_by_what_gives_strangers_its_secrets(string path)
    {
        string[] triggers = [.. Repository.Yaml(path).Get("on").Entries().Select(static trigger => trigger.Key)];

        Assert.DoesNotContain("pull_request_target", triggers);
        Assert.DoesNotContain("workflow_run", triggers);
        Assert.DoesNotContain("issue_comment", triggers);
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void A_job_ends_in_time_and_a_newer_run_takes_the_place_of_an_older(string path)
    {
        Assert.NotNull(Repository.Yaml(path).Find("concurrency"));
        Assert.All(Jobs(path), static job => Assert.InRange(int.Parse(job.Value.Text("timeout-minutes")!, null), 1, 60));
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void A_checkout_leaves_no_token_behind(string path) => Assert.All(
        Jobs(path).SelectMany(static job => Steps(job.Value)).Where(static step => step.Text("uses")?.StartsWith("actions/checkout@", StringComparison.Ordinal) == true),
        static step => Assert.Equal("false", step.Get("with").Text("persist-credentials")));

    [Theory]
    [MemberData(nameof(Workflows))]
    public void No_text_of_others_becomes_part_of_a_script(string path) => Assert.All(
        Jobs(path).SelectMany(static job => Steps(job.Value)).Select(static step => step.Text("run") ?? string.Empty),
        static script => Assert.DoesNotContain("${{", script, StringComparison.Ordinal));

    [Fact]
    public void The_package_is_tested_in_each_PowerShell_on_each_system_that_the_support_table_names()
    {
        YamlNode matrix = Jobs(".github/workflows/build.yml").Single(static job => job.Key == "package-test").Value.Get("strategy").Get("matrix");
        IEnumerable<(string System, string PowerShell)> combined =
            from system in Texts(matrix.Get("os"))
            from powershell in Texts(matrix.Get("powershell"))
            select (system, powershell);
        IEnumerable<(string System, string PowerShell)> added = matrix.Get("include").Items()
            .Where(static entry => entry.Text("os") is not null)
            .Select(static entry => (entry.Text("os")!, entry.Text("powershell")!));

        string[] tested = [.. combined.Concat(added).Select(static pair => $"{pair.PowerShell} on {pair.System}").Order(StringComparer.Ordinal)];
        string[] told = [.. SupportRow().Matches(Repository.Text("docs/support.md"))
            .Select(static match => $"{match.Groups["powershell"].Value} on {match.Groups["system"].Value}").Order(StringComparer.Ordinal)];

        Assert.Equal(tested, told);
    }

    [ActionlintFact]
    public void Actionlint_finds_no_fault()
    {
        (int exitCode, string output) = ActionlintFactAttribute.Run();

        Assert.True(exitCode == 0, output);
        Assert.Contains("passed lint checks", output, StringComparison.Ordinal);
    }

    private static IEnumerable<(string Key, YamlNode Value)> Jobs(string path) => Repository.Yaml(path).Get("jobs").Entries();

    private static IEnumerable<YamlNode> Steps(YamlNode job) => job.Get("steps").Items();

    private static string[] Needs(YamlNode job) => [.. Texts(job.Get("needs"))];

    private static IEnumerable<string> Texts(YamlNode node) => node.Items().Select(static item => ((YamlScalarNode)item).Value!);

    [GeneratedRegex(@"uses: (?<action>[a-z-]+/[a-z-]+)@(?<pin>[0-9a-f]{40} # v\d+\.\d+\.\d+)$", RegexOptions.Multiline)]
    private static partial Regex PinnedAction();

    [GeneratedRegex(@"secrets\.")]
    private static partial Regex SecretUse();

    // | Windows PowerShell 5.1 | Windows, x64 | windows-2025 | ...
    [GeneratedRegex(@"^\| (Windows )?PowerShell (?<powershell>[0-9.]+) \| [^|]+ \| (?<system>[a-z0-9.-]+) \|", RegexOptions.Multiline)]
    private static partial Regex SupportRow();
}
