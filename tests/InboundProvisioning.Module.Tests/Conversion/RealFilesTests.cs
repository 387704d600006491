using System;
using System.IO;
using System.Linq;
using InboundProvisioning.Module.Tests.Hosting;

namespace InboundProvisioning.Module.Tests.Conversion;

/// <summary>The cmdlets on CSV files as people have them, and on objects with such names.</summary>
public sealed class RealFilesTests : IDisposable
{
    private const string Map = "$map = [ordered]@{ externalId = 'Employee ID'; active = { $_.'Employee ID'.Length -gt 0 }; title = 'Title' }; ";

    private readonly PowerShellSession _session = new();
    private readonly TemporaryDirectory _directory = new();

    public void Dispose()
    {
        _session.Dispose();
        _directory.Dispose();
    }

    [Theory]
    [InlineData("Employee\u00A0ID,Title\r\n1,x\r\n")]
    [InlineData("Employee \u200BID,\uFEFFTitle\r\n1,x\r\n")]
    [InlineData("\"Employee\nID\",Title\u00AD\r\n1,x\r\n")]
    public void Columns_and_script_blocks_find_a_name_with_hidden_characters(string csv)
    {
        string path = _directory.Write("a.csv", csv);

        Assert.Equal(
            ["{\"externalId\":\"1\",\"active\":true,\"title\":\"x\"}"],
            _session.Run(Map + "ConvertTo-ScimBulkPayload $path $map", ("path", path)).ThrowIfFailed().Users());
    }

    [Theory]
    [InlineData("{ $_.\"Employee$([char]0xA0)ID\" }")]
    [InlineData("{ $_.'Employee\u00A0ID' }")]
    [InlineData("{ $_.'employee\u200B ID'.ToUpper() }")]
    public void A_script_block_that_writes_the_name_with_hidden_characters_finds_the_plain_one(string script)
    {
        string path = _directory.Write("a.csv", "Employee\u00A0ID\r\na1\r\n");

        PowerShellResult result = _session.Run($"ConvertTo-ScimBulkPayload $path @{{ active = $true; title = {script} }}", ("path", path)).ThrowIfFailed();

        Assert.Contains("\"title\":\"a1\"", Assert.Single(result.Users()), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Properties_of_objects_are_found_by_what_can_be_seen_of_their_names()
    {
        const string objects = "[pscustomobject]@{ \"Employee$([char]0xA0)ID\" = '1'; Title = 'x' }, @{ \"Employee$([char]0xA0)ID\" = '2'; Title = 'y' }";

        Assert.Equal(
            ["{\"active\":true,\"externalId\":\"1\"}", "{\"active\":true,\"externalId\":\"2\"}"],
            _session.Run($"{objects} | ConvertTo-ScimBulkPayload -AttributeMapping ([ordered]@{{ active = $true; externalId = 'employee ID' }})").ThrowIfFailed().Users());
        Assert.Equal(
            2,
            _session.Run($"{objects} | ConvertTo-ScimBulkPayload -AttributeMapping @{{ active = $true; externalId = 'Employee ID' }} -Namespace urn:x:y -ScimName @{{ 'Employee ID' = 'EmployeeID' }}").ThrowIfFailed().Users().Count);

        // The script block reads the object itself, which has no such property: never null in silence.
        PowerShellResult script = _session.Run($"{objects} | ConvertTo-ScimBulkPayload -AttributeMapping @{{ active = $true; title = {{ $_.'Employee ID'.ToUpper() }} }}");
        Assert.Empty(script.Users());
        Assert.All(script.Errors, error => Assert.Contains("U+00A0", error.Exception.Message, StringComparison.Ordinal));

        PowerShellResult twice = _session.Run("[pscustomobject]@{ 'A B' = 1; \"A$([char]0xA0)B\" = 2 } | ConvertTo-ScimBulkPayload -AttributeMapping @{ active = $true; title = 'A B' }");
        Assert.Equal(["RepeatedColumn"], twice.ErrorIds());
        Assert.Contains("U+00A0", twice.Errors[0].Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_goes_through_with_its_title_its_separator_and_its_totals()
    {
        string path = _directory.Write("a.csv", "sep=;\r\nStaff \"2026\"\r\n\r\nEmployee ID;Title\r\n1;x;\r\n;;\r\n2;y;;\r\nTotal: 2\r\n");
        (string, object?) file = ("path", path);

        PowerShellResult wrong = _session.Run(Map + "ConvertTo-ScimBulkPayload $path $map", file);
        Assert.Contains("-HeaderRow 4", Assert.Single(wrong.Errors).Exception.Message, StringComparison.Ordinal);

        PowerShellResult right = _session.Run(Map + "ConvertTo-ScimBulkPayload $path $map -HeaderRow 4 -SkipLast 1", file).ThrowIfFailed();
        Assert.Equal(["1", "2"], right.Operations().Select(operation => operation.GetProperty("bulkId").GetString()));
        Assert.Empty(right.Warnings);
        Assert.Empty(right.Errors);

        Assert.Equal([true], _session.Run(Map + "Test-ScimAttributeMapping $map -Path $path -HeaderRow 4", file).ThrowIfFailed().OutputOf<bool>());
        PowerShellResult tested = _session.Run(Map + "Test-ScimAttributeMapping $map -Path $path -Delimiter ';'", file);
        Assert.Equal([false], tested.OutputOf<bool>());
    }

    [Fact]
    public void Rejected_rows_of_a_file_that_names_its_separator_are_fed_in_again_with_the_same_command()
    {
        string path = _directory.Write("a.csv", "sep=;\r\nEmployee ID;Title;Active\r\n1;x;maybe;;\r\n");
        (string, object?)[] variables = [("path", path), ("rejects", _directory.Combine("rejects.csv"))];
        const string map = "$map = [ordered]@{ externalId = 'Employee ID'; title = 'Title'; active = 'Active' }; ";

        _session.Run(map + "ConvertTo-ScimBulkPayload $path $map -RejectPath $rejects", variables);
        string rejects = _directory.Combine("rejects.csv");
        File.WriteAllText(rejects, File.ReadAllText(rejects).Replace("maybe", "true", StringComparison.Ordinal));

        Assert.Equal(
            ["{\"externalId\":\"1\",\"title\":\"x\",\"active\":true}"],
            _session.Run(map + "ConvertTo-ScimBulkPayload $rejects $map -SkipLast 1", variables).ThrowIfFailed().Users());
    }

    [Theory]
    [InlineData("[{\"Employee ID\":1}]", "NotCsv", "ConvertFrom-Json")]
    [InlineData("<!DOCTYPE html><title>Sign in</title>", "NotCsv", "'Sign in'")]
    [InlineData("PK\u0003\u0004", "NotCsv", "ZIP")]
    [InlineData("Employee ID,Titel\r\n1,x\r\n", "ColumnNotFound", "'Title' (the nearest is 'Titel')")]
    public void A_file_that_cannot_be_used_stops_before_any_output_and_says_why(string content, string errorId, string words)
    {
        string path = _directory.Write("a.csv", content);

        PowerShellResult result = _session.Run(Map + "ConvertTo-ScimBulkPayload $path $map", ("path", path));

        Assert.Equal([errorId], result.ErrorIds());
        Assert.Contains(words, result.Errors[0].Exception.Message, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("-HeaderRow 0")]
    [InlineData("-HeaderRow 1001")]
    [InlineData("-SkipLast -1")]
    [InlineData("-SkipLast 1001")]
    public void Numbers_beyond_their_bounds_are_refused(string parameters)
    {
        string path = _directory.Write("a.csv", "Employee ID,Title\r\n1,x\r\n");

        Assert.Equal(["ParameterArgumentValidationError"], _session.Run(Map + "ConvertTo-ScimBulkPayload $path $map " + parameters, ("path", path)).ErrorIds());
    }
}
