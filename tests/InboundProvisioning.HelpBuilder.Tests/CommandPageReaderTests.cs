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
}
