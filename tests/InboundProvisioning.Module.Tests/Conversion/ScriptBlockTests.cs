using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using InboundProvisioning.Module.Tests.Hosting;

namespace InboundProvisioning.Module.Tests.Conversion;

/// <summary>Script blocks of an attribute mapping: results, scope, errors.</summary>
public sealed class ScriptBlockTests : IDisposable
{
    private readonly PowerShellSession _session = new();
    private readonly TemporaryDirectory _directory = new();
    private readonly string _path;

    public ScriptBlockTests()
    {
        _path = _directory.Write("a.csv", "Id,C,N\r\n1,x,10\r\n2,y,\r\n3,X,30\r\n");
    }

    public void Dispose()
    {
        _session.Dispose();
        _directory.Dispose();
    }

    public static TheoryData<string, string> Results => new()
    {
        { "$null", "null" },
        { "", "null" },
        { "if ($false) { 1 }", "null" },
        { "''", "\"\"" },
        { "'text'", "\"text\"" },
        { "\"$($_.C)-$($PSItem.Id)\"", "\"x-1\"" },
        { "$true", "true" },
        { "$_.C -eq 'X'", "true" },
        { "$_.C -ceq 'X'", "false" },
        { "5", "5" },
        { "-5", "-5" },
        { "[byte]200", "200" },
        { "[long]::MaxValue", "9223372036854775807" },
        { "[ulong]::MaxValue", "18446744073709551615" },
        { "[bigint]::Parse('123456789012345678901234567890')", "123456789012345678901234567890" },
        { "[int]$_.N * 2", "20" },
        { "1.50d", "1.50" },
        { "0.1", "0.1" },
        { "[datetime]::new(2021, 5, 1, 8, 30, 0, [DateTimeKind]'Utc')", "\"2021-05-01T08:30:00Z\"" },
        { "[datetime]::new(2021, 5, 1)", "\"2021-05-01T00:00:00\"" },
        { "[datetimeoffset]::new(2021, 5, 1, 0, 0, 0, [timespan]::FromHours(-5))", "\"2021-05-01T00:00:00-05:00\"" },
        { "[guid]::Empty", "\"00000000-0000-0000-0000-000000000000\"" },
        { "[DayOfWeek]::Monday", "\"Monday\"" },
        { "@{ b = $_.C; a = 1 }", "{\"a\":1,\"b\":\"x\"}" },
        { "[ordered]@{ b = $_.C; a = 1 }", "{\"b\":\"x\",\"a\":1}" },
        { "[pscustomobject]@{ b = $_.C; a = [pscustomobject]@{ c = $true } }", "{\"b\":\"x\",\"a\":{\"c\":true}}" },
        { "1, 'two', $null, @{ three = 3 }", "[1,\"two\",null,{\"three\":3}]" },
        { ", @(1, 2)", "[1,2]" },
        { "$_.Id; $_.C", "[\"1\",\"x\"]" },
        { "foreach ($i in 1..3) { if ($i -eq 2) { continue }; $i }", "[1,3]" },
        { "if ($_.C -eq 'x') { return 'early' }; 'late'", "\"early\"" },
        { "$v = $_.C; \"$v$v\"", "\"xx\"" },
        { "param($unused) $_.C", "\"x\"" },
        { "process { $_.C }", "\"x\"" },
        { "begin { $n = 1 } process { \"$n$($_.C)\" }", "\"1x\"" },
        { "[int[]](1, 2)", "[1,2]" },
        { "{ $_.C }", "\"x\"" },
        { "{ { $_.C } }", "\"x\"" },
        { "& { $_.C }", "\"x\"" },
        { "'a', 'b' | ForEach-Object { $_ + '!' }", "[\"a!\",\"b!\"]" },
        { "switch ($_.C) { 'x' { 'ex' } default { 'other' } }", "\"ex\"" },
        { "if ($_.C -match '(x)') { $Matches[1] }", "\"x\"" },
        { "$_.PSObject.Properties.Name -join ','", "\"Id,C,N\"" },
        { "try { [int]$_.C } catch { 'caught' }", "\"caught\"" },
        { "Get-Command NoSuchCommand -ErrorAction SilentlyContinue; 'went on'", "\"went on\"" },
    };

    [Theory]
    [MemberData(nameof(Results))]
    public void Every_kind_of_result_has_its_JSON_for_files_and_objects(string script, string json)
    {
        foreach (string input in new[] { "ConvertTo-ScimBulkPayload -Path $path", "[pscustomobject]@{ Id = '1'; C = 'x'; N = '10' } | ConvertTo-ScimBulkPayload" })
        {
            PowerShellResult result = _session.Run(
                input + " -AttributeMapping ([ordered]@{ active = { $true }; custom = {" + script + "} }) -ErrorAction SilentlyContinue", ("path", _path));

            Assert.Null(result.Failure);
            Assert.Equal("{\"active\":true,\"custom\":" + json + "}", result.Users()[0]);
        }
    }

    [Theory]
    [InlineData("throw 'no luck'", "no luck")]
    [InlineData("1 / 0; 'after'", "divide by zero")]
    [InlineData("[int]$_.C; 'after'", "Cannot convert value \"y\"")]
    [InlineData("$null.Foo(); 'after'", "null-valued expression")]
    [InlineData("Get-Command NoSuchCommand; 'after'", "NoSuchCommand")]
    [InlineData("Import-Module NoSuchModule; 'after'", "NoSuchModule")]
    [InlineData("Get-NoSuchCommand", "Get-NoSuchCommand")]
    [InlineData("Get-Failing", "NoSuchCommand")]
    [InlineData("& { throw 'deep' }", "deep")]
    [InlineData("{ throw 'wrapped' }", "wrapped")]
    [InlineData("break", "break")]
    [InlineData("continue", "continue")]
    [InlineData("exit 3", "exit")]
    [InlineData("& { break }", "break")]
    [InlineData("[pscustomobject]@{ a = 1 } | ForEach-Object { 1 / 0 }", "divide by zero")]
    public void A_failing_script_block_is_an_error_of_its_row_and_the_others_go_on(string failing, string words)
    {
        foreach (string input in new[] { "ConvertTo-ScimBulkPayload -Path $path", "$rows | ConvertTo-ScimBulkPayload" })
        {
            PowerShellResult result = _session.Run(
                """
                $module = New-Module { function Get-Failing { Get-Command NoSuchCommand; 'after' } } | Import-Module -PassThru
                $rows = @{ Id = '1'; C = 'x' }, @{ Id = '2'; C = 'y' }, @{ Id = '3'; C = 'X' }
                foreach ($once in 1) {
                """ + input + " -AttributeMapping @{ externalId = 'Id'; active = { $true }; name = @{ givenName = { if ($_.Id -eq '2') { " + failing + " } else { $_.C } } } }\n'loop goes on'\n}",
                ("path", _path));

            Assert.Null(result.Failure);
            Assert.Equal("loop goes on", result.Text[^1]);
            Assert.Equal(["1", "3"], Payloads.Operations(result.Text.Take(1)).Select(operation => operation.GetProperty("bulkId").GetString()));
            ErrorRecord error = Assert.Single(result.Errors);
            Assert.Equal("ScriptBlockFailed", error.FullyQualifiedErrorId.Split(',')[0]);
            Assert.Equal(ErrorCategory.InvalidResult, error.CategoryInfo.Category);
            Assert.Contains("attribute name.givenName: The script block failed: ", error.Exception.Message, StringComparison.Ordinal);
            Assert.Contains(words, error.Exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void With_ErrorAction_Stop_a_failing_script_block_ends_the_run()
    {
        PowerShellResult result = _session.Run(
            "ConvertTo-ScimBulkPayload $path @{ active = { $true }; title = { throw 'no luck' } } -ErrorAction Stop", ("path", _path));

        Assert.StartsWith("ScriptBlockFailed", result.Failure?.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("'Yes'", "true")]
    [InlineData("1", "true")]
    [InlineData("$false", "false")]
    [InlineData("$_.C -ne 'x'", "false")]
    public void Booleans_of_script_blocks_are_those_of_columns(string script, string json) =>
        Assert.Equal("{\"active\":" + json + "}", _session.Run("ConvertTo-ScimBulkPayload $path @{ active = { " + script + " } }", ("path", _path)).Users()[0]);

    [Theory]
    [InlineData("$_.C + $_.C", "InvalidBoolean")]
    [InlineData("$_.Id + 1", "InvalidBoolean")]
    [InlineData("if ($false) { 1 }", "EmptyBoolean")]
    [InlineData("$true, $false", "SingleValueExpected")]
    public void Any_other_result_for_a_Boolean_is_an_error_of_the_row(string script, string errorId) =>
        Assert.Equal(
            [errorId, errorId, errorId],
            _session.Run("ConvertTo-ScimBulkPayload $path @{ active = { " + script + " } }", ("path", _path)).ErrorIds());

    [Fact]
    public void Variables_of_the_caller_are_visible_of_the_session_a_function_and_a_module()
    {
        _directory.Write("m.psd1", "@{ active = { $true }; title = { \"$who $($_.C)\" } }");
        (string, object?)[] variables = [("path", _path), ("psd1", _directory.Combine("m.psd1")), ("who", "session")];
        const string Function = "function Convert-It { param($map) $who = 'local'; ConvertTo-ScimBulkPayload $path $map }\n";

        Assert.Equal("session x", Title("ConvertTo-ScimBulkPayload $path @{ active = { $true }; title = { \"$who $($_.C)\" } }"));
        Assert.Equal("session x", Title("ConvertTo-ScimBulkPayload $path $psd1"));
        Assert.Equal("local x", Title(Function + "Convert-It @{ active = { $true }; title = { \"$who $($_.C)\" } }"));
        Assert.Equal("local x", Title(Function + "Convert-It $psd1"));
        Assert.Equal("in function x", Title("& { $who = 'in function'; ConvertTo-ScimBulkPayload $path @{ active = { $true }; title = { \"$who $($_.C)\" } } }"));

        const string Module = "New-Module { param($path, $psd1) $who = 'module'\n"
            + "function Convert-Own { $who = 'own local'; ConvertTo-ScimBulkPayload $path @{ active = { $true }; title = { \"$who $($_.C)\" } } }\n"
            + "function Convert-Own2 { ConvertTo-ScimBulkPayload $path @{ active = { $true }; title = { \"$who $($_.C)\" } } }\n"
            + "function Convert-Psd1 { ConvertTo-ScimBulkPayload $path $psd1 }\n"
            + "function Convert-Given { param($map) $who = 'other'; ConvertTo-ScimBulkPayload $path $map } } -ArgumentList $path, $psd1 | Import-Module\n";
        Assert.Equal("own local x", Title(Module + "Convert-Own"));
        Assert.Equal("module x", Title(Module + "Convert-Own2"));
        Assert.Equal("module x", Title(Module + "Convert-Psd1"));
        Assert.Equal("session x", Title(Module + "Convert-Given @{ active = { $true }; title = { \"$who $($_.C)\" } }"));

        string? Title(string script) =>
            _session.Run(script, variables).ThrowIfFailed().Operations()[0].GetProperty("data").GetProperty("title").GetString();
    }

    [Fact]
    public void A_variable_set_for_one_row_is_not_there_for_the_next_nor_for_another_attribute_nor_the_caller()
    {
        PowerShellResult result = _session.Run(
            "$map = [ordered]@{ active = { $true }; title = { if ($_.Id -eq '1') { $left = 'over' }; \"[$left]\" }; nickName = { \"[$left]\" } }\n"
            + "ConvertTo-ScimBulkPayload $path $map\n\"[$left]\"",
            ("path", _path));

        Assert.Equal("[]", result.Text[^1]);
        Assert.Equal(
            ["[over][]", "[][]", "[][]"],
            Payloads.Operations(result.Text.Take(1)).Select(operation => operation.GetProperty("data")).Select(data =>
                data.GetProperty("title").GetString() + data.GetProperty("nickName").GetString()));
    }

    [Fact]
    public void What_a_script_block_sets_on_purpose_stays()
    {
        PowerShellResult result = _session.Run(
            "$global:count = 0; ConvertTo-ScimBulkPayload $path @{ active = { $true }; title = { $global:count++; $global:count } }; $global:count; $ErrorActionPreference", ("path", _path));

        Assert.Equal(["3", "Continue"], result.Text.Skip(1));
    }

    [Fact]
    public void Rows_of_files_show_all_columns_as_text_and_objects_are_themselves()
    {
        Assert.Equal(
            "\"Id=1;C=x;N=10 String\"",
            Custom("ConvertTo-ScimBulkPayload $path @{ active = { $true }; custom = { $row = $_; (($row.PSObject.Properties | ForEach-Object { $_.Name + '=' + $_.Value }) -join ';') + ' ' + $row.N.GetType().Name } }"));
        Assert.Equal(
            "\"2021 Int32\"",
            Custom("@{ When = [datetime]::new(2021, 5, 1); N = 5 } | ConvertTo-ScimBulkPayload -AttributeMapping @{ active = { $true }; custom = { \"$($_.When.Year) $($_.N.GetType().Name)\" } }"));

        string Custom(string script) => _session.Run(script, ("path", _path)).ThrowIfFailed().Operations()[0].GetProperty("data").GetProperty("custom").GetRawText();
    }

    [Fact]
    public void A_script_block_that_fails_once_runs_again_for_the_next_row()
    {
        PowerShellResult result = _session.Run(
            "ConvertTo-ScimBulkPayload $path @{ externalId = 'Id'; active = { $true }; title = { 100 / [int]$_.N } }", ("path", _path));

        Assert.Equal(["ScriptBlockFailed"], result.ErrorIds());
        Assert.Equal(2, result.Operations().Count);
    }

    [Fact]
    public void A_script_block_can_convert_on_its_own()
    {
        PowerShellResult result = _session.Run(
            "ConvertTo-ScimBulkPayload $path @{ active = { $true }; custom = { (@{ Id = $_.Id; C = $_.C } | ConvertTo-ScimBulkPayload -AttributeMapping @{ active = { $true }; title = { $_.C.ToUpper() } }).Length -gt 0 } }",
            ("path", _path)).ThrowIfFailed();

        Assert.All(result.Users(), user => Assert.Equal("{\"active\":true,\"custom\":true}", user));
    }

    [Theory]
    [InlineData("while ($true) { }")]
    [InlineData("$started.Set(); [System.Threading.Thread]::Sleep(200); while ($true) { $null = Get-Module }")]
    public void A_script_block_that_never_ends_can_be_stopped(string script)
    {
        using var started = new System.Threading.ManualResetEventSlim();
        RunningScript running = _session.Start(
            "ConvertTo-ScimBulkPayload $path @{ active = { $true }; title = { [void]$started.Set(); " + script + " } }", ("path", _path), ("started", started));
        Assert.True(started.Wait(TimeSpan.FromSeconds(30)));

        var stopping = System.Diagnostics.Stopwatch.StartNew();
        PowerShellResult result = running.Stop();

        Assert.True(result.Stopped);
        Assert.True(stopping.Elapsed < TimeSpan.FromSeconds(1), stopping.Elapsed.ToString());
        Assert.Empty(result.Output);
    }
}
