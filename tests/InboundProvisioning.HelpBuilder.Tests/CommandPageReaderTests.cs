using System;
using System.IO;
using System.Linq;

namespace InboundProvisioning.HelpBuilder.Tests;

public class CommandPageReaderTests
{
    private const string Page = """
        # Get-Thing

        Gets a `thing`.

        ## Syntax

        ```powershell
        Get-Thing [-Path] <string[]> [[-Kind] <Kind>]
          -Name <string> [-Force] [<CommonParameters>]
        ```

        ## Description

        One [line](https://example.com/a)
        over two.

        - first
        - second

        ## Examples

        ### The first

        ```powershell
        Get-Thing a
        ```

        ```output
          a
        ```

        ## Parameters

        ### -Path

        Where.

        ```yaml
        Type: String[]
        Parameter Sets: (All)
        Required: True
        Position: 0
        Default value: None
        Accept pipeline input: False
        Accept wildcard characters: True
        ```

        ## Inputs

        ### None

        Nothing.

        ## Outputs

        ### System.String

        A thing.

        ## Notes

        None.

        ## Links

        - [Set-Thing](Set-Thing.md)
        - [The web](https://example.com/)
        """;

    [Fact]
    public void A_page_is_read_as_plain_text()
    {
        CommandPage page = CommandPageReader.Read(Page, "Get-Thing.md");

        Assert.Equal("Gets a thing.", page.Synopsis);
        Assert.Equal(["One line (https://example.com/a) over two.", "- first\n- second"], page.Description);
        Assert.Equal("  a", Assert.Single(Assert.Single(page.Examples).Remarks));
        Assert.Equal([new PageLink("Set-Thing", null), new PageLink("The web", "https://example.com/")], page.Links);
    }

    [Fact]
    public void The_syntax_tells_what_is_required_and_positional()
    {
        SyntaxItem item = Assert.Single(CommandPageReader.Read(Page, "Get-Thing.md").Syntax);

        Assert.Equal(
            [new("Path", true, true), new("Kind", false, true), new("Name", true, false), new("Force", false, false)],
            item.Parameters.ToArray());
    }

    [Theory]
    [InlineData("# Get-Thing", "# Get-Other", 1)]
    [InlineData("## Notes", "## Remarks", 1)]
    [InlineData("-Name <string>", "-Name string>", 7)]
    [InlineData("```powershell\nGet-Thing a", "```\nGet-Thing a", 22)]
    [InlineData("Position: 0", "Place: 0", 38)]
    [InlineData("Position: 0\n", "", 38)]
    public void A_page_in_another_form_is_an_error_with_its_line(string from, string to, int line)
    {
        var fault = Assert.Throws<PageException>(() => CommandPageReader.Read(Page.ReplaceLineEndings("\n").Replace(from, to), "Get-Thing.md"));

        Assert.Equal(line, fault.Line);
    }

    [Fact]
    public void Parameters_of_a_shared_page_are_those_of_the_cmdlet()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, "shared"));
            string section = Page[Page.IndexOf("### -Path", StringComparison.Ordinal)..Page.IndexOf("## Inputs", StringComparison.Ordinal)];
            File.WriteAllText(
                Path.Combine(folder, "shared", "WayParameters.md"),
                "# WayParameters\n\n## Syntax\n\n```powershell\n[-Proxy <uri>]\n  [-Path <string[]>]\n```\n\n## Parameters\n\n"
                    + section.Replace("-Path", "-Proxy", StringComparison.Ordinal) + section);
            CommandPage page = CommandPageReader.Read(
                Page.ReplaceLineEndings("\n")
                    .Replace("[-Force]", "[<WayParameters>]", StringComparison.Ordinal)
                    .Replace("## Parameters\n", "## Parameters\n\nThe [way](shared/WayParameters.md).\n", StringComparison.Ordinal),
                Path.Combine(folder, "Get-Thing.md"));

            Assert.EndsWith("-Name <string> [-Proxy <uri>] [-Path <string[]>] [<CommonParameters>]", Assert.Single(page.Syntax).Text, StringComparison.Ordinal);
            Assert.Equal(["Path", "Proxy"], page.Parameters.Select(parameter => parameter.Name));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_shared_page_that_is_not_there_is_an_error_with_its_line() => Assert.Equal(
        34,
        Assert.Throws<PageException>(() => CommandPageReader.Read(
            Page.ReplaceLineEndings("\n").Replace("## Parameters\n", "## Parameters\n\nThe [way](shared/None.md).\n", StringComparison.Ordinal), "Get-Thing.md")).Line);
}
