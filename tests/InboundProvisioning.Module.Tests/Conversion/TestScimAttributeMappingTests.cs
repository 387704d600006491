using System;
using System.Linq;
using InboundProvisioning.Module.Tests.Hosting;

namespace InboundProvisioning.Module.Tests.Conversion;

/// <summary>The answers and findings of Test-ScimAttributeMapping.</summary>
public sealed class TestScimAttributeMappingTests : IDisposable
{
    private const string Enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    private readonly PowerShellSession _session = new();
    private readonly TemporaryDirectory _directory = new();

    public void Dispose()
    {
        _session.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void A_sound_mapping_gives_True_and_nothing_else()
    {
        string mapping = $$"""
            @{
                id = 'Id'; externalId = 'Id'; userName = 'User'; active = { $_.Status -eq 'Active' }; name = @{ givenName = 'First' }
                addresses = @(@{ type = { 'work' }; locality = 'City' }); emails = { @{ value = $_.Mail } }
                '{{Enterprise}}' = @{ department = 'Dept'; manager = @{ value = 'Boss' } }
            }
            """;
        string file = _directory.Write("m.psd1", mapping);

        foreach (string given in new[] { mapping, "$file", "([System.IO.FileInfo]$file)", "([ordered]" + mapping + ")" })
        {
            PowerShellResult result = _session.Run("Test-ScimAttributeMapping " + given, ("file", file)).ThrowIfFailed();
            Assert.Equal([true], result.OutputOf<bool>());
            Assert.Empty(result.Warnings);
        }

        Assert.Equal([true, true], _session.Run("$file, ([System.IO.FileInfo]$file) | Test-ScimAttributeMapping", ("file", file)).ThrowIfFailed().OutputOf<bool>());
    }

    [Theory]
    [InlineData("usrName = 'A'", "UnknownAttribute", "usrName: There is no such attribute. Did you mean userName?")]
    [InlineData("name = @{ givnName = 'A' }", "UnknownAttribute", "name.givnName: There is no such attribute. Did you mean givenName?")]
    [InlineData("addresses = @(@{ city = 'A' })", "UnknownAttribute", "addresses[0].city: ")]
    [InlineData("department = 'A'", "UnknownAttribute", Enterprise)]
    [InlineData("'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User' = @{ manager = @{ valu = 'A' } }", "UnknownAttribute", ":manager.valu: ")]
    [InlineData("name = 'A'", "ComplexValueExpected", "name: The attribute is complex")]
    [InlineData("name = { 'A' }", "ComplexValueExpected", "name: ")]
    [InlineData("title = @{ value = 'A' }", "SimpleValueExpected", "title: ")]
    [InlineData("title = @('A')", "SingleValueExpected", "title: ")]
    [InlineData("emails = @{ value = 'A' }", "ArrayExpected", "emails: ")]
    [InlineData("phoneNumbers = 'A'", "ArrayExpected", "phoneNumbers: ")]
    [InlineData("title = 5", "WrongConstantType", "title: The constant is a Int32")]
    [InlineData("title = { $true }", "WrongConstantType", "title: ")]
    [InlineData("active2 = 'A'", "UnknownAttribute", "Did you mean active?")]
    [InlineData("schemas = 'A'", "ReservedAttribute", "schemas: ")]
    [InlineData("userName = { @{ value = $_.Mail } }", "SimpleValueExpected", "userName: The attribute is simple")]
    [InlineData("userName = { [pscustomobject]@{ value = $_.Mail } }", "SimpleValueExpected", "userName: ")]
    [InlineData("name = { \"$($_.First)\" }", "ComplexValueExpected", "name: ")]
    [InlineData("title = { $_.A, $_.B }", "SingleValueExpected", "title: ")]
    [InlineData("emails = @(@{ value = 'A'; primary = $true }, @{ value = 'B'; primary = $true })", "SeveralPrimaries", "emails: ")]
    [InlineData("1 = 'A'", "InvalidAttributeMapping", "The key '1' is not the name of an attribute")]
    [InlineData("name = @{ $true = 'A' }", "InvalidAttributeMapping", "name: The key 'True' is not the name of an attribute")]
    [InlineData("title = ' '", "InvalidAttributeMapping", "$($_.First) $($_.Last)")]
    [InlineData("title = [type]'int'", "InvalidAttributeMapping", "title: A RuntimeType is neither")]
    public void An_error_gives_False_and_names_the_path(string entry, string errorId, string words)
    {
        PowerShellResult result = _session.Run("Test-ScimAttributeMapping @{ active = { $true }; " + entry + " }");

        Assert.Equal([false], result.OutputOf<bool>());
        Assert.Equal([errorId], result.ErrorIds());
        Assert.Contains(words, result.Errors[0].Exception.Message, StringComparison.Ordinal);
        Assert.Null(result.Failure);
    }

    [Fact]
    public void A_constant_that_is_no_Boolean_for_active_is_an_error()
    {
        PowerShellResult result = _session.Run("Test-ScimAttributeMapping @{ active = { 'perhaps' } }");

        Assert.Equal([false], result.OutputOf<bool>());
        Assert.Equal(["WrongConstantType"], result.ErrorIds());
    }

    [Theory]
    [InlineData("phoneNumbers = @(@{ type = { 'cell' }; value = 'A' })", "phoneNumbers[0].type: 'cell'")]
    [InlineData("'urn:contoso' = @{ anything = 'A' }", "urn:contoso: No schema is known")]
    [InlineData("groups = { $_.A }", "groups: The attribute is read-only")]
    public void A_doubt_is_a_warning_and_gives_True(string entry, string words)
    {
        PowerShellResult result = _session.Run("Test-ScimAttributeMapping @{ active = { $true }; " + entry + " }").ThrowIfFailed();

        Assert.Equal([true], result.OutputOf<bool>());
        Assert.Contains(words, Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void No_active_is_a_warning()
    {
        PowerShellResult result = _session.Run("Test-ScimAttributeMapping @{ externalId = 'A' }").ThrowIfFailed();

        Assert.Equal([true], result.OutputOf<bool>());
        Assert.Contains("disable an account", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void All_findings_come_one_error_each()
    {
        PowerShellResult result = _session.Run("Test-ScimAttributeMapping ([ordered]@{ active = { $true }; titel = 'A'; name = 'B'; emails = 'C' })");

        Assert.Equal([false], result.OutputOf<bool>());
        Assert.Equal(["UnknownAttribute", "ComplexValueExpected", "ArrayExpected"], result.ErrorIds());
    }

    [Fact]
    public void With_files_missing_columns_are_errors_too()
    {
        string good = _directory.Write("good.csv", "Id,Status\r\n");
        string bad = _directory.Write("bad.csv", "Id;Status\r\n");
        (string, object?)[] variables = [("good", good), ("bad", bad), ("all", _directory.Combine("*.csv"))];
        const string Mapping = "@{ externalId = 'Id'; active = { $_.Status -eq 'Active' } }";

        Assert.Equal([true], _session.Run($"Test-ScimAttributeMapping {Mapping} $good", variables).ThrowIfFailed().OutputOf<bool>());
        Assert.Equal([true], _session.Run($"Test-ScimAttributeMapping {Mapping} -Path $bad -Delimiter ';'", variables).ThrowIfFailed().OutputOf<bool>());
        PowerShellResult result = _session.Run($"Test-ScimAttributeMapping {Mapping} -Path $all", variables);
        Assert.Equal([false], result.OutputOf<bool>());
        Assert.Equal(["ColumnNotFound"], result.ErrorIds());
        Assert.Contains("-Delimiter ';'", result.Errors[0].Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Test-ScimAttributeMapping $file", "PathNotFound")]
    [InlineData("Test-ScimAttributeMapping 5", "InvalidAttributeMapping")]
    [InlineData("Test-ScimAttributeMapping @{ active = 'A' } -Path $file", "PathNotFound")]
    [InlineData("Test-ScimAttributeMapping @{ active = 'A' } -Path . -Encoding nonsense", "UnknownEncoding")]
    [InlineData("Test-ScimAttributeMapping $null", "ParameterArgumentValidationError")]
    public void What_cannot_be_tested_ends_the_cmdlet(string script, string errorId)
    {
        PowerShellResult result = _session.Run("$ErrorActionPreference = 'Stop'; " + script, ("file", _directory.Combine("none.psd1")));

        Assert.StartsWith(errorId, result.Failure?.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }
}
