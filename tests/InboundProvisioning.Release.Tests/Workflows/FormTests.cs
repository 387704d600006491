using System;
using System.IO;
using System.Linq;
using YamlDotNet.RepresentationModel;

namespace InboundProvisioning.Release.Tests.Workflows;

/// <summary>Forms, templates and the settings of GitHub are what GitHub reads, and it says nothing where it cannot.</summary>
public sealed class FormTests
{
    private static readonly string[] Fields = ["markdown", "textarea", "input", "dropdown", "checkboxes"];

    /// <summary>The forms.</summary>
    public static TheoryData<string> Forms =>
        [.. Repository.Files(".github/ISSUE_TEMPLATE", "*.yml").Where(static path => !path.EndsWith("config.yml", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_form_has_what_GitHub_asks_for(string path)
    {
        // https://docs.github.com/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-githubs-form-schema
        YamlMappingNode form = Repository.Yaml(path);
        YamlNode[] body = [.. form.Get("body").Items()];

        Assert.NotEmpty(form.Text("name")!);
        Assert.NotEmpty(form.Text("description")!);
        Assert.All(body, static field => Assert.Contains(field.Text("type"), Fields));
        YamlNode[] asked = [.. body.Where(static field => field.Text("type") != "markdown")];
        Assert.All(asked, static field => Assert.NotEmpty(field.Get("attributes").Text("label")!));
        Assert.Equal(asked.Length, asked.Select(static field => field.Text("id")).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_form_asks_to_leave_personal_data_out(string path) =>
        Assert.Contains("personal data out", Repository.Text(path), StringComparison.Ordinal);

    [Fact]
    public void Nothing_comes_without_a_form_and_a_weakness_goes_elsewhere()
    {
        YamlMappingNode config = Repository.Yaml(".github/ISSUE_TEMPLATE/config.yml");

        Assert.Equal("false", config.Text("blank_issues_enabled"));
        Assert.Contains(config.Get("contact_links").Items(), static link => link.Text("url")!.EndsWith("security/policy", StringComparison.Ordinal));
    }

    [Fact]
    public void Newer_versions_are_proposed_for_all_that_is_pinned()
    {
        string[] looked = [.. Repository.Yaml(".github/dependabot.yml").Get("updates").Items().SelectMany(static update =>
            (update.Find("directory") ?? update.Get("directories")).Items().Select(folder => $"{update.Text("package-ecosystem")} {((YamlScalarNode)folder).Value}"))];
        string[] locked = [.. Directory.GetDirectories(Path.Combine(Repository.Root, "tests"))
            .Where(static folder => File.Exists(Path.Combine(folder, "package-lock.json")))
            .Select(static folder => $"npm /tests/{Path.GetFileName(folder)}")];

        Assert.Equal([.. locked.Concat(["github-actions /", "nuget /"]).Order()], looked.Order());
    }
}
