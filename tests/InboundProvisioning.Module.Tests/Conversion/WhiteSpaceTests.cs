using System;
using InboundProvisioning.Module.Tests.Hosting;

namespace InboundProvisioning.Module.Tests.Conversion;

/// <summary>White space around values: taken off by -Trim; without it, it decides no comparison in silence.</summary>
public sealed class WhiteSpaceTests : IDisposable
{
    private readonly PowerShellSession _session = new();
    private readonly TemporaryDirectory _directory = new();

    public void Dispose()
    {
        _session.Dispose();
        _directory.Dispose();
    }

    [Theory]
    [InlineData("Active ", "$_.S -eq 'Active'")]
    [InlineData("Active\u00A0", "$_.S -eq 'Active'")]
    [InlineData("\tactive", "'Active' -eq $_.S")]
    [InlineData("Left ", "$_.S -ne 'Left'")]
    [InlineData("Active ", "$_.S -ceq 'Active'")]
    [InlineData("Left ", "$_.S -cne 'Left'")]
    [InlineData(" ", "$_.S -eq ''")]
    [InlineData("Active ", "($_.S) -eq 'Active'")]
    [InlineData("Active ", "[string]$_.S -eq 'Active'")]
    [InlineData("Active ", "$_.S -eq 'Active' -and $true")]
    [InlineData("Active ", "$_.S -in 'Active', 'Leave'")]
    [InlineData("Active ", "@('Active', 'Leave') -contains $_.S")]
    [InlineData("Left ", "$_.S -notin @('Left', 'Gone')")]
    [InlineData("Left ", "'Left', 'Gone' -notcontains $_.S")]
    [InlineData("Active ", "$_.S -like '*tive'")]
    [InlineData(" 2030-01-01", "$_.S -gt '2026-01-01'")]
    [InlineData("5 ", "$_.S -eq 5")]
    [InlineData("True ", "$_.S -eq $true")]
    [InlineData(" ", "-not $_.S")]
    [InlineData(" ", "if ($_.S) { $false } else { $true }")]
    [InlineData(" ", "$_.S ? $false : $true")]
    [InlineData(" ", "[string]::IsNullOrEmpty($_.S)")]
    [InlineData(" ", "[bool]$_.S")]
    [InlineData("Active ", "switch ($_.S) { 'Active' { $true } default { $false } }")]
    [InlineData("Active ", "$status = $_.S; if ($_.S -eq 'Active') { $true } else { $false }")]
    [InlineData("x ", "$_.S -eq $_.T")]
    public void A_comparison_that_white_space_decides_is_an_error_of_the_row_and_none_with_Trim(string value, string script)
    {
        string path = _directory.Write("a.csv", $"Id,S,T\r\n1,\"{value}\",x\r\n2,\"{value.Trim()}\",x\r\n");
        string trimmed = _session.Run($"ConvertTo-ScimBulkPayload $path @{{ externalId = 'Id'; active = {{ {script} }} }}", ("path", path)).Users()[^1];
        foreach (string input in new[] { "ConvertTo-ScimBulkPayload $path", "[pscustomobject]@{ Id = 1; S = $value; T = 'x' }, [pscustomobject]@{ Id = 2; S = $value.Trim(); T = 'x' } | ConvertTo-ScimBulkPayload" })
        {
            string command = $"{input} -AttributeMapping @{{ externalId = 'Id'; active = {{ {script} }} }}";
            PowerShellResult result = _session.Run(command, ("path", path), ("value", value));

            Assert.Equal(["WhiteSpaceAround"], result.ErrorIds());
            Assert.Contains("-Trim", result.Errors[0].Exception.Message, StringComparison.Ordinal);
            Assert.Equal([trimmed], result.Users());

            Assert.Equal(
                [trimmed.Replace("\"2\"", "\"1\"", StringComparison.Ordinal), trimmed],
                _session.Run(command + " -Trim", ("path", path), ("value", value)).ThrowIfFailed().Users());
        }
    }

    [Theory]
    [InlineData("Other ", "$_.S -eq 'Active'")]
    [InlineData("Active ", "$_.S -eq 'Active '")]
    [InlineData("Active ", "$_.S.Trim() -eq 'Active'")]
    [InlineData("Active ", "$_.S -like 'Active*'")]
    [InlineData("Active ", "$true")]
    public void White_space_that_decides_nothing_goes_through(string value, string script)
    {
        string path = _directory.Write("a.csv", $"Id,S\r\n1,\"{value}\"\r\n");

        Assert.Single(_session.Run($"ConvertTo-ScimBulkPayload $path @{{ externalId = 'Id'; active = {{ {script} }}; title = 'S' }}", ("path", path)).ThrowIfFailed().Users());
    }

    [Fact]
    public void Trim_takes_white_space_off_columns_of_files_and_objects_also_as_script_blocks_see_them()
    {
        const string Mapping = "([ordered]@{ externalId = 'Id'; active = 'S'; title = 'T'; nickName = { \"[$($_.T)]\" }; displayName = { $row = $_; \"<$($row.T)>\" } })";
        const string Expected = "{\"externalId\":\"A 1\",\"active\":true,\"title\":\"x y\",\"nickName\":\"[x y]\",\"displayName\":\"<x y>\"}";
        string path = _directory.Write("a.csv", "Id,S,T\r\n\" A 1\u00A0\",true ,\"\u200B\tx y\u3000\"\r\n");

        Assert.Equal([Expected], _session.Run($"ConvertTo-ScimBulkPayload $path {Mapping} -Trim", ("path", path)).ThrowIfFailed().Users());
        foreach (string type in new[] { "pscustomobject", "hashtable" })
        {
            Assert.Equal(
                [Expected],
                _session.Run(
                    $"[{type}]@{{ Id = ' A 1' + [char]0xA0; S = 'true '; T = [char]0x200B + \"`tx y\" + [char]0x3000 }} | ConvertTo-ScimBulkPayload -AttributeMapping {Mapping} -Trim").ThrowIfFailed().Users());
        }
    }

    [Fact]
    public void A_value_of_white_space_alone_is_empty_with_Trim()
    {
        string path = _directory.Write("a.csv", "Id,T\r\n1,\" \u00A0 \"\r\n");

        Assert.Equal(
            ["{\"externalId\":\"1\",\"active\":true,\"title\":null}"],
            _session.Run("ConvertTo-ScimBulkPayload $path ([ordered]@{ externalId = 'Id'; active = $true; title = 'T' }) -Trim -EmptyValue Null", ("path", path)).ThrowIfFailed().Users());
    }

    [Theory]
    [InlineData("$_.s.a -eq 'Active'", "s = OBJECT@{ a = VALUE }")]
    [InlineData("$_.s['a'] -eq 'Active'", "s = @{ a = VALUE }")]
    [InlineData("$_.s.b.a -in 'Active', 'Leave'", "s = OBJECT@{ b = OBJECT@{ a = VALUE } }")]
    [InlineData("$_.s[1].a -eq 'Active'", "s = @(OBJECT@{ a = 'x' }, OBJECT@{ a = VALUE })")]
    [InlineData("$_.s.a -eq 'Active'", "s = @(OBJECT@{ a = VALUE })")]
    [InlineData("if ($_.s.a -eq 'Active') { $true } else { $false }", "s = OBJECT@{ a = VALUE }")]
    public void A_comparison_of_a_value_inside_another_is_under_the_same_rule(string script, string properties)
    {
        foreach (string type in new[] { "[pscustomobject]", "[hashtable]", "[ordered]" })
        {
            string row = $"{type}@{{ id = 1; {properties.Replace("OBJECT", type, StringComparison.Ordinal)} }}";
            string command = $" | ConvertTo-ScimBulkPayload -AttributeMapping ([ordered]@{{ externalId = 'id'; active = {{ {script} }} }})";
            const string Expected = "{\"externalId\":\"1\",\"active\":true}";

            PowerShellResult result = _session.Run(row.Replace("VALUE", "'Active '", StringComparison.Ordinal) + command);
            Assert.Equal(["WhiteSpaceAround"], result.ErrorIds());
            Assert.Empty(result.Output);

            Assert.Equal([Expected], _session.Run(row.Replace("VALUE", "'Active '", StringComparison.Ordinal) + command + " -Trim").ThrowIfFailed().Users());
            Assert.Equal([Expected], _session.Run(row.Replace("VALUE", "'Active'", StringComparison.Ordinal) + command).ThrowIfFailed().Users());
        }
    }

    [Fact]
    public void Trim_says_so_where_it_does_not_reach()
    {
        PowerShellResult result = _session.Run(
            "class Work { [string] $State = 'Active ' }; [pscustomobject]@{ id = 1; s = [Work]::new() } | ConvertTo-ScimBulkPayload -AttributeMapping @{ externalId = 'id'; active = { $_.s.State -eq 'Active' } } -Trim");

        Assert.Equal(["WhiteSpaceAround"], result.ErrorIds());
        Assert.Contains("-Trim does not reach", result.Errors[0].Exception.Message, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void Objects_that_hold_each_other_are_trimmed_all_the_same()
    {
        PowerShellResult result = _session.Run(
            "$one = @{ id = '1 '; s = @{ a = 'Active ' } }; $one.s.up = $one; $one | ConvertTo-ScimBulkPayload -AttributeMapping ([ordered]@{ externalId = 'id'; active = { $_.s.a -eq 'Active' } }) -Trim").ThrowIfFailed();

        Assert.Equal(["{\"externalId\":\"1\",\"active\":true}"], result.Users());
    }

    [Fact]
    public void A_preference_that_white_space_decides_is_an_error_of_the_row()
    {
        string path = _directory.Write("a.csv", "Id,P,T\r\n1,N,a\r\n1,\"Y \",b\r\n2,N,c\r\n");
        foreach (string input in new[] { "ConvertTo-ScimBulkPayload $path", "@{ Id = 1; P = 'N'; T = 'a' }, @{ Id = 1; P = 'Y '; T = 'b' }, @{ Id = 2; P = 'N'; T = 'c' } | ConvertTo-ScimBulkPayload" })
        {
            string command = input + " -AttributeMapping @{ externalId = 'Id'; active = $true; title = 'T' } -RepeatedRecord Last -Prefer { $_.P -eq 'Y' }";

            Assert.Contains("WhiteSpaceAround", _session.Run(command, ("path", path)).ErrorIds());
            Assert.Contains("\"b\"", string.Concat(_session.Run(command + " -Trim", ("path", path)).ThrowIfFailed().Users()), StringComparison.Ordinal);
        }
    }
}
