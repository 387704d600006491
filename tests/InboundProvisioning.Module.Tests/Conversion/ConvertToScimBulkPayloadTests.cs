using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.Specialized;
using System.Data;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text;
using System.Text.Json;
using InboundProvisioning.Module.Tests.Hosting;

namespace InboundProvisioning.Module.Tests.Conversion;

/// <summary>The parameters, input and output of ConvertTo-ScimBulkPayload.</summary>
public sealed class ConvertToScimBulkPayloadTests : IDisposable
{
    private const string Urn = "urn:ietf:params:scim:schemas:extension:contoso:1.0:User";
    private const string Map = "$map = [ordered]@{ externalId = 'Id'; active = 'Active'; title = 'Title' }; ";

    private readonly PowerShellSession _session = new();
    private readonly TemporaryDirectory _directory = new();

    public void Dispose()
    {
        _session.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void A_file_becomes_one_string_a_request()
    {
        string path = _directory.Write("a.csv", "Id,Active,Title\r\n1,true,a\r\n2,no,b\r\n3,1,c\r\n");

        PowerShellResult result = _session.Run(Map + "ConvertTo-ScimBulkPayload $path $map -OperationsPerRequest 2", ("path", path)).ThrowIfFailed();

        Assert.Equal(
            [
                "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:BulkRequest\"],\"Operations\":["
                + "{\"method\":\"POST\",\"bulkId\":\"1\",\"path\":\"/Users\",\"data\":{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\"],\"externalId\":\"1\",\"active\":true,\"title\":\"a\"}},"
                + "{\"method\":\"POST\",\"bulkId\":\"2\",\"path\":\"/Users\",\"data\":{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\"],\"externalId\":\"2\",\"active\":false,\"title\":\"b\"}}"
                + "],\"failOnErrors\":null}",
                "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:BulkRequest\"],\"Operations\":["
                + "{\"method\":\"POST\",\"bulkId\":\"3\",\"path\":\"/Users\",\"data\":{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\"],\"externalId\":\"3\",\"active\":true,\"title\":\"c\"}}"
                + "],\"failOnErrors\":null}",
            ],
            result.OutputOf<string>());
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public void Left_out_the_mapping_is_externalId_userName_and_active_from_columns_of_these_names()
    {
        string path = _directory.Write("a.csv", "Active,UserName,More,externalid\r\nYES,u,m,7\r\n");

        Assert.Equal(
            ["{\"externalId\":\"7\",\"userName\":\"u\",\"active\":true}"],
            _session.Run("ConvertTo-ScimBulkPayload -Path $path", ("path", path)).ThrowIfFailed().Users());
    }

    [Fact]
    public void Paths_have_wildcards_literal_paths_have_none_and_files_come_by_the_pipeline()
    {
        _directory.Write("in/a[1].csv", "Id,Active,Title\r\n1,true,a\r\n");
        _directory.Write("in/b.csv", "Id,Active,Title\r\n2,true,b\r\n");
        (string, object?) folder = ("in", _directory.Combine("in"));

        Assert.Equal(["1", "2"], Ids("ConvertTo-ScimBulkPayload -Path \"$in/*.csv\" -AttributeMapping $map", folder));
        Assert.Equal(["2", "1"], Ids("ConvertTo-ScimBulkPayload -Path \"$in/b.csv\", \"$in/a*.csv\" -AttributeMapping $map", folder));
        Assert.Equal(["1"], Ids("ConvertTo-ScimBulkPayload -LiteralPath \"$in/a[1].csv\" -AttributeMapping $map", folder));
        Assert.Equal(["1", "2"], Ids("[System.IO.FileInfo]\"$in/a[1].csv\", [System.IO.FileInfo]\"$in/b.csv\" | ConvertTo-ScimBulkPayload -AttributeMapping $map", folder));
        Assert.Equal(["2"], Ids("[System.IO.FileInfo]\"$in/b.csv\" | ConvertTo-ScimBulkPayload -AttributeMapping $map", folder));
        Assert.Equal(["2"], Ids("[void]$ExecutionContext.SessionState.Path.SetLocation($in); ConvertTo-ScimBulkPayload b.csv $map", folder));
    }

    [Theory]
    [InlineData("ConvertTo-ScimBulkPayload -Path \"$in/none.csv\" $map", "PathNotFound")]
    [InlineData("ConvertTo-ScimBulkPayload -Path \"$in/*.none\" $map", "PathNotFound")]
    [InlineData("ConvertTo-ScimBulkPayload -LiteralPath \"$in/none.csv\" -AttributeMapping $map", "PathNotFound")]
    [InlineData("ConvertTo-ScimBulkPayload -Path Env:PATH $map", "NotAFile")]
    [InlineData("ConvertTo-ScimBulkPayload -Path \"$in/a.csv\" $map -Delimiter '\"'", "InvalidDelimiter")]
    [InlineData("ConvertTo-ScimBulkPayload -Path \"$in/a.csv\" $map -Delimiter ([char]0xE9)", "InvalidDelimiter")]
    [InlineData("ConvertTo-ScimBulkPayload -Path \"$in/a.csv\" $map -Encoding nonsense", "UnknownEncoding")]
    [InlineData("ConvertTo-ScimBulkPayload -Path \"$in/a.csv\" $map -OperationsPerRequest 0", "ParameterArgumentValidationError")]
    [InlineData("ConvertTo-ScimBulkPayload -Path \"$in/a.csv\" $map -OperationsPerRequest 51", "ParameterArgumentValidationError")]
    [InlineData("ConvertTo-ScimBulkPayload -Path \"$in/a.csv\" $map -EmptyValue Maybe", "CannotConvertArgumentNoMessage")]
    [InlineData("ConvertTo-ScimBulkPayload -Path \"$in/a.csv\" $map -Namespace contoso", "ParameterArgumentValidationError")]
    [InlineData("ConvertTo-ScimBulkPayload -Path \"$in/a.csv\" $null", "ParameterArgumentValidationError")]
    [InlineData("ConvertTo-ScimBulkPayload -Path \"$in/a.csv\" \"$in/none.psd1\"", "PathNotFound")]
    [InlineData("ConvertTo-ScimBulkPayload -Path \"$in/a.csv\" 5", "InvalidAttributeMapping")]
    [InlineData("ConvertTo-ScimBulkPayload -Path \"$in/a.csv\" @{ title = '' }", "InvalidAttributeMapping")]
    [InlineData("ConvertTo-ScimBulkPayload -Path \"$in/a.csv\" @{ title = [type]'int' }", "InvalidAttributeMapping")]
    [InlineData("ConvertTo-ScimBulkPayload -Path \"$in/a.csv\" @{ 5 = 'Id' }", "InvalidAttributeMapping")]
    [InlineData("ConvertTo-ScimBulkPayload -Path \"$in/a.csv\" @{ schemas = 'Id' }", "ReservedAttribute")]
    [InlineData("ConvertTo-ScimBulkPayload -Path \"$in/a.csv\" @{ active = { 'maybe' } }", "InvalidConstant")]
    [InlineData("ConvertTo-ScimBulkPayload -Path \"$in/a.csv\" $map -RejectPath \"$in/no/such/folder.csv\"", "PathNotFound")]
    [InlineData("ConvertTo-ScimBulkPayload -Path \"$in/a.csv\" $map -RejectPath \"$in/../in/a.csv\"", "RejectPathIsInput")]
    [InlineData("'text' | ConvertTo-ScimBulkPayload -AttributeMapping $map", "InvalidInputObject")]
    [InlineData("@{ Id = 1; Active = $true; Title = 't' }, [System.IO.FileInfo]\"$in/a.csv\" | ConvertTo-ScimBulkPayload -AttributeMapping $map", "MixedInput")]
    [InlineData("ConvertTo-ScimBulkPayload -Path \"$in/empty.csv\" $map", "EmptyFile")]
    [InlineData("ConvertTo-ScimBulkPayload -Path \"$in/repeated.csv\" $map", "RepeatedColumn")]
    public void A_set_up_that_cannot_work_ends_the_cmdlet_at_once(string script, string errorId)
    {
        string input = _directory.Write("in/a.csv", "Id,Active,Title\r\n1,true,a\r\n");
        _directory.Write("in/empty.csv", string.Empty);
        _directory.Write("in/repeated.csv", "Id,Active,Title,id\r\n1,true,a,2\r\n");

        PowerShellResult result = _session.Run("$ErrorActionPreference = 'Stop'; " + Map + script, ("in", _directory.Combine("in")));

        Assert.Equal(errorId, result.FailureId());
        Assert.DoesNotContain(result.Output, item => item?.BaseObject is string);
        Assert.Equal("Id,Active,Title\r\n1,true,a\r\n", File.ReadAllText(input));
    }

    [Fact]
    public void Delimiter_and_encoding_are_as_given_and_a_mark_in_the_file_comes_first()
    {
        string latin = _directory.Write("latin.csv", Encoding.Latin1.GetBytes("Id;Active;Title\r\n1;true;Müller\r\n"));
        string marked = _directory.Write("marked.csv", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("Id;Active;Title\r\n2;true;Łódź\r\n")]);

        foreach (string encoding in new[] { "'Windows-1252'", "1252", "([System.Text.Encoding]::Latin1)" })
        {
            Assert.Equal(
                ["Müller", "Łódź"],
                _session.Run(Map + $"ConvertTo-ScimBulkPayload $a, $b $map -Delimiter ';' -Encoding {encoding}", ("a", latin), ("b", marked)).ThrowIfFailed()
                    .Operations().Select(operation => operation.GetProperty("data").GetProperty("title").GetString()));
        }

        PowerShellResult refused = _session.Run(Map + "ConvertTo-ScimBulkPayload $a $map -Delimiter ';'", ("a", latin));
        Assert.Equal(["InvalidEncoding"], refused.ErrorIds());
        Assert.Contains("latin.csv, line 2", refused.Errors[0].Exception.Message, StringComparison.Ordinal);
        Assert.Contains("-Encoding Windows-1252", refused.Errors[0].Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_that_are_not_found_stop_the_run_show_the_header_and_propose_the_delimiter()
    {
        string path = _directory.Write("a.csv", "Id;Active;Title\r\n1;true;a\r\n");
        string output = _directory.Combine("out");

        PowerShellResult result = _session.Run(
            Map + "ConvertTo-ScimBulkPayload $path $map -OutputDirectory $out -RejectPath \"$out.csv\"", ("path", path), ("out", output));

        Assert.Equal("ColumnNotFound", result.FailureId() ?? result.ErrorIds().Single());
        string message = (result.Failure ?? result.Errors[0]).Exception.Message;
        Assert.Contains("'Id;Active;Title'", message, StringComparison.Ordinal);
        Assert.Contains("-Delimiter ';'", message, StringComparison.Ordinal);
        Assert.Empty(result.Output);
        Assert.Equal(["a.csv"], Directory.GetFileSystemEntries(_directory.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void A_column_that_only_a_script_block_names_is_looked_for_too()
    {
        string path = _directory.Write("a.csv", "Id,Status\r\n1,Active\r\n");

        PowerShellResult result = _session.Run(
            "ConvertTo-ScimBulkPayload $path @{ externalId = 'Id'; active = { $_.WorkerStatus -eq 'Active' }; title = { \"$($PSItem.'Job Title')\" } }", ("path", path));

        string message = (result.Failure ?? result.Errors[0]).Exception.Message;
        Assert.Contains("'WorkerStatus'", message, StringComparison.Ordinal);
        Assert.Contains("'Job Title'", message, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void A_missing_column_can_be_allowed_with_a_warning_and_is_null()
    {
        string path = _directory.Write("a.csv", "Id,Active\r\n1,true\r\n");

        PowerShellResult result = _session.Run(
            "ConvertTo-ScimBulkPayload $path ([ordered]@{ externalId = 'Id'; active = 'Active'; title = 'Title'; nickName = { $_.Nick -eq 'x' } }) -AllowMissingColumn",
            ("path", path)).ThrowIfFailed();

        Assert.Equal(["{\"externalId\":\"1\",\"active\":true,\"title\":null,\"nickName\":false}"], result.Users());
        Assert.Contains("'Title', 'Nick'", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void No_active_in_the_mapping_gives_a_warning_that_says_what_that_can_do()
    {
        string path = _directory.Write("a.csv", "Id\r\n1\r\n");

        PowerShellResult result = _session.Run("ConvertTo-ScimBulkPayload $path @{ externalId = 'Id' }", ("path", path)).ThrowIfFailed();

        Assert.Contains("disable an account", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Bad_rows_are_errors_with_file_line_and_attribute_the_others_go_on_and_a_warning_counts_them()
    {
        string path = _directory.Write(
            "a.csv",
            "Id,Active,Title\r\n1,true,ok\r\n2,maybe,x\r\n,true,x\r\n1,true,x\r\n5,yes\r\n6,yes,a,b\r\n7,yes,a\"b\r\n8,,x\r\n9,yes,ok\r\n");

        PowerShellResult result = _session.Run(Map + "ConvertTo-ScimBulkPayload $path $map", ("path", path));

        Assert.Equal(["1", "9"], result.Operations().Select(operation => operation.GetProperty("bulkId").GetString()));
        Assert.Equal(
            ["InvalidBoolean", "EmptyExternalId", "DuplicateExternalId", "TooFewFields", "TooManyFields", "MalformedCsv", "EmptyBoolean"],
            result.ErrorIds());
        Assert.StartsWith("a.csv, line 3, attribute active:", result.Errors[0].Exception.Message, StringComparison.Ordinal);
        Assert.StartsWith("a.csv, line 8: A quote", result.Errors[5].Exception.Message, StringComparison.Ordinal);
        Assert.All(result.Errors, error => Assert.Equal(ErrorCategory.InvalidData, error.CategoryInfo.Category));
        Assert.Equal(
            "7 of 9 rows were rejected: 1 InvalidBoolean (active), 1 EmptyExternalId (externalId), 1 DuplicateExternalId (externalId), 1 TooFewFields, 1 TooManyFields, 1 MalformedCsv, 1 EmptyBoolean (active). -RejectPath would keep them.",
            Assert.Single(result.Warnings));
        Assert.Null(result.Failure);
    }

    [Fact]
    public void With_ErrorAction_Stop_the_first_bad_row_ends_the_run()
    {
        string path = _directory.Write("a.csv", "Id,Active,Title\r\n1,true,ok\r\n2,maybe,x\r\n3,true,x\r\n");

        PowerShellResult result = _session.Run(Map + "ConvertTo-ScimBulkPayload $path $map -OperationsPerRequest 1 -ErrorAction Stop", ("path", path));

        Assert.Equal("InvalidBoolean", result.FailureId());
        Assert.Single(result.Output);
        Assert.DoesNotContain(result.Progress.GroupBy(record => record.ActivityId), group => group.Last().RecordType != ProgressRecordType.Completed);
    }

    [Fact]
    public void Ragged_rows_can_be_allowed()
    {
        string path = _directory.Write("a.csv", "Id,Active,Title\r\n1,true\r\n2,true,b,c\r\n");

        Assert.Equal(
            ["{\"externalId\":\"1\",\"active\":true,\"title\":null}", "{\"externalId\":\"2\",\"active\":true,\"title\":\"b\"}"],
            _session.Run(Map + "ConvertTo-ScimBulkPayload $path $map -AllowRaggedRow", ("path", path)).ThrowIfFailed().Users());
    }

    [Theory]
    [InlineData("", "{\"externalId\":\"1\",\"active\":true,\"title\":\"\"}")]
    [InlineData("-EmptyValue EmptyString", "{\"externalId\":\"1\",\"active\":true,\"title\":\"\"}")]
    [InlineData("-EmptyValue Null", "{\"externalId\":\"1\",\"active\":true,\"title\":null}")]
    [InlineData("-EmptyValue Omit", "{\"externalId\":\"1\",\"active\":true}")]
    public void Empty_values_go_out_as_asked(string parameters, string user)
    {
        string path = _directory.Write("a.csv", "Id,Active,Title\r\n1,true,\r\n");

        Assert.Equal([user], _session.Run(Map + "ConvertTo-ScimBulkPayload $path $map " + parameters, ("path", path)).ThrowIfFailed().Users());
        Assert.Equal(
            [user],
            _session.Run(Map + "@{ Id = '1'; Active = 'true'; Title = '' } | ConvertTo-ScimBulkPayload -AttributeMapping $map " + parameters).ThrowIfFailed().Users());
    }

    [Theory]
    [InlineData("-ScimSchemaNamespace")]
    [InlineData("-Namespace")]
    public void All_columns_go_under_a_namespace_as_well(string parameter)
    {
        string path = _directory.Write("a.csv", "\"Id\",\"Active\",\"Title\",\"Hire Date\"\r\n1,true,t,2021-05-01\r\n");

        PowerShellResult result = _session.Run(Map + $"ConvertTo-ScimBulkPayload $path $map {parameter} {Urn} -ScimName @{{ 'Hire Date' = 'HireDate' }}", ("path", path)).ThrowIfFailed();

        Assert.Equal(
            [$"{{\"externalId\":\"1\",\"active\":true,\"title\":\"t\",\"{Urn}\":{{\"Id\":\"1\",\"Active\":\"true\",\"Title\":\"t\",\"HireDate\":\"2021-05-01\"}}}}"],
            result.Users());
        Assert.Equal(
            $"[\"urn:ietf:params:scim:schemas:core:2.0:User\",\"{Urn}\"]",
            result.Operations()[0].GetProperty("data").GetProperty("schemas").GetRawText());
    }

    [Fact]
    public void Every_form_of_the_mapping_makes_the_same_of_the_same_file()
    {
        string path = _directory.Write("a.csv", "Id,Status,First,Phone,Dept\r\n1,Active,Ann,123,Sales\r\n2,Left,Bob,456,HR\r\n");
        string mapping = $$"""
            @{
                externalId = 'Id'
                active = { $_.Status -eq 'Active' }
                name = @{ givenName = 'First' }
                phoneNumbers = @( @{ type = { 'work' }; value = 'Phone' } )
                'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User' = @{ department = 'Dept' }
                '{{Urn}}' = @{ literal = $true; number = 5; negative = -1.5 }
            }
            """;
        string file = _directory.Write("mapping.psd1", "# A comment\r\n" + mapping);
        string wrapped = mapping.Replace("{ $_.Status -eq 'Active' }", "{ { $_.Status -eq 'Active' } }", StringComparison.Ordinal)
            .Replace("{ 'work' }", "{{ 'work' }}", StringComparison.Ordinal);
        string expected = "{\"externalId\":\"1\",\"active\":true,\"name\":{\"givenName\":\"Ann\"},\"phoneNumbers\":[{\"type\":\"work\",\"value\":\"123\"}],"
            + "\"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User\":{\"department\":\"Sales\"},"
            + $"\"{Urn}\":{{\"literal\":true,\"number\":5,\"negative\":-1.5}}}}";

        foreach (string given in new[] { "$file", "([System.IO.FileInfo]$file)", "([ordered]" + mapping.Replace(" @{", " [ordered]@{", StringComparison.Ordinal) + ")" })
        {
            PowerShellResult result = _session.Run($"ConvertTo-ScimBulkPayload $path {given}", ("path", path), ("file", file)).ThrowIfFailed();
            Assert.Equal(expected, result.Users()[0]);
            Assert.Contains("\"active\":false", result.Users()[1], StringComparison.Ordinal);
        }

        foreach (string given in new[] { mapping, wrapped })
        {
            JsonElement user = JsonDocument.Parse(_session.Run($"ConvertTo-ScimBulkPayload $path {given}", ("path", path)).ThrowIfFailed().Users()[0]).RootElement;
            Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(expected).RootElement, user), user.GetRawText());
        }
    }

    [Fact]
    public void The_order_is_that_of_the_psd1_or_ordered_dictionary_and_of_RFC_7643_for_a_hashtable()
    {
        string path = _directory.Write("a.csv", "A\r\n1\r\n");
        const string Entries = "title = 'A'; zoo = 'A'; name = @{ familyName = 'A'; formatted = 'A' }; active = { $true }; ape = 'A'; externalId = 'A'";
        string file = _directory.Write("m.psd1", "@{ " + Entries + " }");

        Assert.Equal(
            ["{\"title\":\"1\",\"zoo\":\"1\",\"name\":{\"familyName\":\"1\",\"formatted\":\"1\"},\"active\":true,\"ape\":\"1\",\"externalId\":\"1\"}"],
            _session.Run("ConvertTo-ScimBulkPayload $path $file", ("path", path), ("file", file)).ThrowIfFailed().Users());
        Assert.Equal(
            ["{\"title\":\"1\",\"zoo\":\"1\",\"name\":{\"formatted\":\"1\",\"familyName\":\"1\"},\"active\":true,\"ape\":\"1\",\"externalId\":\"1\"}"],
            _session.Run("ConvertTo-ScimBulkPayload $path ([ordered]@{ " + Entries + " })", ("path", path)).ThrowIfFailed().Users());
        Assert.Equal(
            ["{\"externalId\":\"1\",\"name\":{\"formatted\":\"1\",\"familyName\":\"1\"},\"title\":\"1\",\"active\":true,\"ape\":\"1\",\"zoo\":\"1\"}"],
            _session.Run("ConvertTo-ScimBulkPayload $path @{ " + Entries + " }", ("path", path)).ThrowIfFailed().Users());
    }

    [Theory]
    [InlineData("@{ title = $env:HOME }", "line 1")]
    [InlineData("@{ title = 'A'\r\n name = (Get-Date) }", "line 2")]
    [InlineData("@{ title = \"$(1 + 1)\" }", "line 1")]
    [InlineData("@{ $true = 'A' }", "line 1")]
    [InlineData("@{ title = 'A' }; Remove-Item x", "one hashtable")]
    [InlineData("@{ a = 1\ndisplayName = \"$($_.First) $($_.Last)\" }", "m.psd1, line 2: \"$($_.First) $($_.Last)\" is computed")]
    [InlineData("@{ displayName = \"$($_.First) $($_.Last)\" }", "Braces around it make it a script block, which runs for each row: { \"$($_.First) $($_.Last)\" }.")]
    [InlineData("@{ userName = $_.User + '@contoso.com' }", "{ $_.User + '@contoso.com' }")]
    [InlineData("@{ userName = $_.User.ToLower() }", "{ $_.User.ToLower() }")]
    [InlineData("@{ emails = @(@{ value = $_.Mail }) }", "{ $_.Mail }")]
    [InlineData("@{ title = if ($_.A) { 'x' } }", "{ if ($_.A) { 'x' } }")]
    [InlineData("@{ emails = @(Get-Mail) }", "{ Get-Mail }")]
    [InlineData("Get-Date", "one hashtable")]
    [InlineData("", "one hashtable")]
    [InlineData("@{ title = 'A'; title = 'B' }", "line 1")]
    [InlineData("@{ title = ", "line 1")]
    public void A_psd1_is_read_not_run_and_refused_by_line_when_it_is_more_than_literals(string content, string words)
    {
        string path = _directory.Write("a.csv", "A\r\n1\r\n");
        string file = _directory.Write("m.psd1", content);

        PowerShellResult result = _session.Run("$ErrorActionPreference = 'Stop'; ConvertTo-ScimBulkPayload $path $file", ("path", path), ("file", file));

        Assert.Equal("InvalidMappingFile", result.FailureId());
        Assert.Contains(words, result.Failure!.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Objects_hashtables_and_data_rows_are_rows()
    {
        using var table = new DataTable();
        table.Columns.Add("Id", typeof(int));
        table.Columns.Add("Active", typeof(bool));
        table.Columns.Add("Title", typeof(string));
        table.Rows.Add(1, true, "a");
        table.Rows.Add(2, false, DBNull.Value);

        Assert.Equal(
            ["{\"externalId\":\"1\",\"active\":true,\"title\":\"a\"}", "{\"externalId\":\"2\",\"active\":false,\"title\":null}"],
            _session.Run(Map + "$table.Rows | ConvertTo-ScimBulkPayload -AttributeMapping $map", ("table", table)).ThrowIfFailed().Users());
        foreach (string input in new[]
        {
            "[pscustomobject]@{ id = '1'; Active = 'yes'; TITLE = 'a' }, [pscustomobject]@{ Id = 2; Active = $false; Title = $null }",
            "@{ id = '1'; Active = 'yes'; TITLE = 'a' }, @{ Id = 2; Active = $false; Title = $null }",
            "[ordered]@{ id = '1'; Active = 'yes'; TITLE = 'a' }, [ordered]@{ Id = 2; Active = $false; Title = $null }",
            "$null, [pscustomobject]@{ id = '1'; Active = 'yes'; TITLE = 'a' }, $null, [pscustomobject]@{ Id = 2; Active = 0; Title = $null }",
        })
        {
            Assert.Equal(
                ["{\"externalId\":\"1\",\"active\":true,\"title\":\"a\"}", "{\"externalId\":\"2\",\"active\":false,\"title\":null}"],
                _session.Run(Map + input + " | ConvertTo-ScimBulkPayload -AttributeMapping $map").ThrowIfFailed().Users());
        }
    }

    [Fact]
    public void Values_of_objects_keep_their_type()
    {
        Assert.Equal(
            ["{\"a\":5,\"b\":1.50,\"c\":\"2021-05-01T00:00:00Z\",\"d\":[1,\"x\"],\"e\":{\"k\":\"v\"},\"f\":true,\"active\":true}"],
            _session.Run(
                "[pscustomobject]@{ a = 5; b = 1.50d; c = [datetime]::new(2021, 5, 1, 0, 0, 0, [DateTimeKind]'Utc'); d = 1, 'x'; e = @{ k = 'v' }; f = $true } | "
                + "ConvertTo-ScimBulkPayload -AttributeMapping ([ordered]@{ a = 'a'; b = 'b'; c = 'c'; d = 'd'; e = 'e'; f = 'f'; active = 'f' })"
                ).ThrowIfFailed().Users());
    }

    [Fact]
    public void Objects_without_a_mapped_column_stop_the_run_when_first_and_are_rejected_when_later()
    {
        PowerShellResult first = _session.Run(Map + "@{ Id = 1; Active = $true } | ConvertTo-ScimBulkPayload -AttributeMapping $map");
        Assert.Equal(["ColumnNotFound"], first.ErrorIds());
        Assert.Contains("'Title'", first.Errors[0].Exception.Message, StringComparison.Ordinal);

        foreach (string parameters in new[] { "", "-Namespace " + Urn })
        {
            foreach (string active in new[] { "'Status'", "{ $_.Status -eq 'Active' }", "{ ($_.Status) -eq 'Active' }" })
            {
                PowerShellResult later = _session.Run(
                    "@{ Id = 1; Status = 'true' }, @{ Id = 2 }, [pscustomobject]@{ Id = 3 }, @{ Id = 4; Status = 'false' } | "
                    + $"ConvertTo-ScimBulkPayload -AttributeMapping @{{ externalId = 'Id'; active = {active} }} {parameters}");
                Assert.Equal(["1", "4"], later.Operations().Select(operation => operation.GetProperty("bulkId").GetString()));
                Assert.Equal(2, later.Errors.Count);
                Assert.All(later.Errors, error => Assert.Contains("no 'Status'", error.Exception.Message, StringComparison.Ordinal));
                Assert.StartsWith("input object 2", later.Errors[0].Exception.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Objects_of_several_shapes_go_under_the_namespace_with_the_columns_that_they_have()
    {
        Assert.Equal(
            [$"{{\"active\":true,\"{Urn}\":{{\"Id\":1,\"A\":\"x\"}}}}", $"{{\"active\":true,\"{Urn}\":{{\"B\":\"y\",\"Id\":2}}}}"],
            _session.Run(
                $"[pscustomobject]@{{ Id = 1; A = 'x' }}, [pscustomobject]@{{ B = 'y'; Id = 2 }} | ConvertTo-ScimBulkPayload -AttributeMapping @{{ active = {{ $true }} }} -Namespace {Urn}")
                .ThrowIfFailed().Users());
    }

    [Fact]
    public void A_property_that_cannot_be_read_rejects_its_object_alone()
    {
        string rejects = _directory.Combine("rejects.csv");
        PowerShellResult result = _session.Run(
            """
            $bad = [pscustomobject]@{ Id = 2; Active = $true }
            $bad.PSObject.Properties.Add([psscriptproperty]::new('Title', { throw 'no access' }))
            $nested = [pscustomobject]@{ a = 1 }
            $nested.PSObject.Properties.Add([psscriptproperty]::new('b', { throw 'no access' }))
            """ + "\n" + Map + "@{ Id = 1; Active = $true; Title = 'a' }, $bad, @{ Id = 3; Active = $true; Title = $nested }, @{ Id = 4; Active = $true; Title = 'd' } | "
            + "ConvertTo-ScimBulkPayload -AttributeMapping $map -RejectPath $rejects",
            ("rejects", rejects));

        Assert.Equal(["1", "4"], result.Operations().Select(operation => operation.GetProperty("bulkId").GetString()));
        Assert.Equal(["UnreadableValue", "UnreadableValue"], result.ErrorIds());
        Assert.Equal(3, File.ReadAllLines(rejects).Length);
    }

    [Fact]
    public void Rejected_rows_are_kept_with_their_reason_replaced_or_added_to_and_fed_in_again()
    {
        string path = _directory.Write("a.csv", "Id,Active,Title\r\n1,true,ok\r\n2,maybe,\"x, y\"\r\n");
        string rejects = _directory.Combine("rejects.csv");
        (string, object?)[] variables = [("path", path), ("rejects", rejects), ("again", _directory.Combine("again.csv"))];

        PowerShellResult result = _session.Run(Map + "ConvertTo-ScimBulkPayload $path $map -RejectPath $rejects", variables);
        Assert.Equal(
            ["Id,Active,Title,RejectReason", "2,maybe,\"x, y\",\"a.csv, line 3, attribute active: The value 'maybe' is none of true, false, yes, no, t, f, y, n, 1 and 0. If it is the text that means true, compare: active = { $_.Active -eq 'maybe' }.\""],
            File.ReadAllLines(rejects));
        Assert.Contains(rejects, Assert.Single(result.Warnings), StringComparison.Ordinal);

        _session.Run(Map + "ConvertTo-ScimBulkPayload $path $map -RejectPath $rejects -Append", variables);
        Assert.Equal(3, File.ReadAllLines(rejects).Length);
        _session.Run(Map + "ConvertTo-ScimBulkPayload $path $map -RejectPath $rejects", variables);
        Assert.Equal(2, File.ReadAllLines(rejects).Length);

        PowerShellResult again = _session.Run(Map + $"ConvertTo-ScimBulkPayload $rejects $map -RejectPath $again -Namespace {Urn}", variables);
        Assert.Equal(["InvalidBoolean"], again.ErrorIds());
        Assert.StartsWith("2,maybe,\"x, y\",\"rejects.csv, line 2,", File.ReadAllLines(_directory.Combine("again.csv"))[1], StringComparison.Ordinal);

        File.WriteAllText(rejects, File.ReadAllText(rejects).Replace("maybe", "true", StringComparison.Ordinal));
        Assert.Equal(
            [$"{{\"externalId\":\"2\",\"active\":true,\"title\":\"x, y\",\"{Urn}\":{{\"Id\":\"2\",\"Active\":\"true\",\"Title\":\"x, y\"}}}}"],
            _session.Run(Map + $"ConvertTo-ScimBulkPayload $rejects $map -Namespace {Urn}", variables).ThrowIfFailed().Users());
    }

    [Fact]
    public void Rejected_objects_are_kept_too_and_lose_the_reason_of_an_earlier_run()
    {
        string rejects = _directory.Combine("rejects.csv");

        _session.Run(
            Map + "[pscustomobject]@{ Id = 1; Active = 'maybe'; Title = [datetime]::new(2021, 5, 1); RejectReason = 'old' } | ConvertTo-ScimBulkPayload -AttributeMapping $map -RejectPath $rejects",
            ("rejects", rejects));

        Assert.Equal(
            [
                "Id,Active,Title,RejectReason",
                "1,maybe,2021-05-01T00:00:00.0000000,\"input object 1, attribute active: The value 'maybe' is none of true, false, yes, no, t, f, y, n, 1 and 0. If it is the text that means true, compare: active = { $_.Active -eq 'maybe' }.\"",
            ],
            File.ReadAllLines(rejects));
    }

    [Fact]
    public void Adding_to_a_file_that_is_no_reject_file_is_refused_before_earlier_requests_are_deleted()
    {
        string path = _directory.Write("a.csv", "Id,Active,Title\r\n1,true,ok\r\n");
        string earlier = _directory.Write("out/BulkRequest-000001.json", "earlier");
        string other = _directory.Write("other.csv", "precious\r\n");

        PowerShellResult result = _session.Run(
            "$ErrorActionPreference = 'Stop'; " + Map + "ConvertTo-ScimBulkPayload $path $map -OutputDirectory $out -Force -RejectPath $other -Append",
            ("path", path), ("out", Path.GetDirectoryName(earlier)), ("other", other));

        Assert.Equal("NotARejectFile", result.FailureId());
        Assert.Equal("precious\r\n", File.ReadAllText(other));
        Assert.Equal("earlier", File.ReadAllText(earlier));
    }

    [Fact]
    public void An_output_directory_takes_the_requests_as_files_and_the_files_are_emitted()
    {
        string path = _directory.Write("a.csv", "Id,Active,Title\r\n1,true,a\r\n2,true,b\r\n3,true,c\r\n");
        (string, object?)[] variables = [("path", path), ("out", _directory.Combine("deep/out"))];

        foreach (string mapping in new[] { "$map", "@{ externalId = 'Id'; active = 'Active'; title = { $_.Title.ToString() } }" })
        {
            PowerShellResult result = _session.Run(
                Map + $"ConvertTo-ScimBulkPayload $path {mapping} -OutputDirectory $out -OperationsPerRequest 2 -Force", variables).ThrowIfFailed();
            Assert.Equal(["BulkRequest-000001.json", "BulkRequest-000002.json"], result.OutputOf<FileInfo>().Select(file => file.Name));
            Assert.Equal(["BulkRequest-000001.json", "BulkRequest-000002.json"], Directory.GetFiles(_directory.Combine("deep/out")).Select(Path.GetFileName).Order());
            Assert.Equal(
                ["1", "2", "3"],
                Payloads.Operations(result.OutputOf<FileInfo>().Select(file => File.ReadAllText(file.FullName))).Select(operation => operation.GetProperty("bulkId").GetString()));
        }

        Assert.Equal(2, _session.Run(
            Map + "@{ Id = 1; Active = 1; Title = 't' }, @{ Id = 2; Active = 1; Title = 't' } | ConvertTo-ScimBulkPayload -AttributeMapping $map -OutputDirectory $out -OperationsPerRequest 1 -Force",
            variables).ThrowIfFailed().OutputOf<FileInfo>().Count);
    }

    [Fact]
    public void A_directory_with_files_of_an_earlier_run_is_refused_without_Force_which_replaces_them_all()
    {
        string path = _directory.Write("a.csv", "Id,Active,Title\r\n1,true,a\r\n2,true,b\r\n");
        string output = _directory.Combine("out");
        (string, object?)[] variables = [("path", path), ("out", output)];
        _session.Run(Map + "ConvertTo-ScimBulkPayload $path $map -OutputDirectory $out -OperationsPerRequest 1", variables).ThrowIfFailed();

        PowerShellResult refused = _session.Run(Map + "ConvertTo-ScimBulkPayload $path $map -OutputDirectory $out", variables);
        Assert.Equal(["OutputDirectoryNotEmpty"], refused.ErrorIds());
        Assert.Equal(2, Directory.GetFiles(output).Length);

        _session.Run(Map + "ConvertTo-ScimBulkPayload $path $map -OutputDirectory $out -Force", variables).ThrowIfFailed();
        Assert.Equal(["BulkRequest-000001.json"], Directory.GetFiles(output).Select(Path.GetFileName));
        _session.Run(Map + "$null | ConvertTo-ScimBulkPayload -AttributeMapping $map -OutputDirectory $out -Force", variables).ThrowIfFailed();
        Assert.Empty(Directory.GetFiles(output));
    }

    [Fact]
    public void WhatIf_changes_nothing()
    {
        string path = _directory.Write("a.csv", "Id,Active,Title\r\n1,true,a\r\n2,maybe,b\r\n");
        string earlier = _directory.Write("out/BulkRequest-000001.json", "earlier");
        string rejects = _directory.Write("rejects.csv", "earlier");
        (string, object?)[] variables = [("path", path), ("out", _directory.Combine("out")), ("new", _directory.Combine("new")), ("rejects", rejects)];

        PowerShellResult result = _session.Run(
            Map + "ConvertTo-ScimBulkPayload $path $map -OutputDirectory $out -Force -RejectPath $rejects -WhatIf; ConvertTo-ScimBulkPayload $path $map -OutputDirectory $new -WhatIf",
            variables);

        Assert.Empty(result.Output);
        Assert.Equal("earlier", File.ReadAllText(earlier));
        Assert.Equal("earlier", File.ReadAllText(rejects));
        Assert.False(Directory.Exists(_directory.Combine("new")));
        Assert.Contains("What if:", _session.Host.Recorded.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_without_rows_and_no_input_at_all_give_nothing()
    {
        string path = _directory.Write("a.csv", "Id,Active,Title\r\n");

        PowerShellResult result = _session.Run(Map + "ConvertTo-ScimBulkPayload $path $map; @() | ConvertTo-ScimBulkPayload -AttributeMapping $map", ("path", path)).ThrowIfFailed();

        Assert.Empty(result.Output);
        Assert.Empty(result.Warnings);
    }

    [Theory]
    [InlineData("'Title'")]
    [InlineData("{ $_.Title.ToUpper() }")]
    public void A_downstream_that_wants_no_more_ends_the_run_and_its_progress(string title)
    {
        string path = WriteMany(1_000_000);
        var running = System.Diagnostics.Stopwatch.StartNew();

        PowerShellResult result = _session.Run(
            $"$map = @{{ externalId = 'Id'; active = 'Active'; title = {title} }}; "
            + "ConvertTo-ScimBulkPayload $path $map | Select-Object -First 600; 'after'",
            ("path", path)).ThrowIfFailed();

        Assert.Equal(601, result.Output.Count);
        Assert.Equal("after", result.Text[600]);
        Assert.True(running.Elapsed < TimeSpan.FromSeconds(20), running.Elapsed.ToString());
        AssertProgressEnded(result);
    }

    [Theory]
    [InlineData("'Title'")]
    [InlineData("{ $_.Title.ToUpper() }")]
    public void Stopping_ends_the_run_within_a_second(string title)
    {
        string path = WriteMany(2_000_000);
        RunningScript script = _session.Start(
            $"$map = @{{ externalId = 'Id'; active = 'Active'; title = {title} }}; ConvertTo-ScimBulkPayload $path $map", ("path", path));
        while (script.Output.Count < 10)
        {
            System.Threading.Thread.Yield();
        }

        var stopping = System.Diagnostics.Stopwatch.StartNew();
        PowerShellResult result = script.Stop();

        Assert.True(result.Stopped);
        Assert.True(stopping.Elapsed < TimeSpan.FromSeconds(1), stopping.Elapsed.ToString());
        Assert.True(result.Output.Count < 40_000);
        _session.Run("'alive'").ThrowIfFailed();
    }

    [Fact]
    public void Stopping_frees_the_reject_file_and_leaves_whole_requests()
    {
        string path = WriteMany(1_000_000);
        (string, object?)[] variables = [("path", path), ("out", _directory.Combine("out")), ("rejects", _directory.Combine("rejects.csv"))];
        RunningScript script = _session.Start(
            Map + "ConvertTo-ScimBulkPayload $path $map -OutputDirectory $out -RejectPath $rejects", variables);
        while (script.Output.Count < 10)
        {
            System.Threading.Thread.Yield();
        }

        script.Stop();

        Assert.All(Directory.GetFiles(_directory.Combine("out"), "*.json"), file => JsonDocument.Parse(File.ReadAllText(file)).Dispose());
        File.Delete(_directory.Combine("rejects.csv"));
        _session.Run(Map + "ConvertTo-ScimBulkPayload $path $map -OutputDirectory $out -Force -WhatIf", variables);
    }

    [Fact]
    public void A_long_run_shows_rows_rate_and_time_left_and_ends_its_progress()
    {
        string path = WriteMany(400_000);

        PowerShellResult result = _session.Run(
            "ConvertTo-ScimBulkPayload $path @{ externalId = 'Id'; active = 'Active'; title = { $_.Title + $_.Id } } | & { process { } }", ("path", path)).ThrowIfFailed();

        Assert.Contains(result.Progress, record => record.StatusDescription.Contains("rows a second", StringComparison.Ordinal) && record.PercentComplete > 0);
        Assert.Contains(result.Progress, record => record.SecondsRemaining >= 0);
        AssertProgressEnded(result);
    }

    [Fact]
    public void Hostile_files_end_in_requests_or_errors_with_ids_of_ours()
    {
        byte[] row = [.. "Id,Active,Title\r\n1,true,a\r\n"u8];
        byte[][] files =
        [
            [], [0], [0xEF, 0xBB, 0xBF], [0xFF, 0xFE], [0xFF], [(byte)'"'], [(byte)','], [(byte)'\n'], [.. "Id,Active,Title"u8], [.. "Id,Active,Title\0\r\n1,2,3"u8],
            [.. row, .. "\"\"\"\"\"\r\n"u8], [.. row, 0xC3, (byte)'(', (byte)'\n'], [.. row, .. "2,\"tr"u8], [.. row, .. ",,,,,,\r\n"u8], [.. row, 0, 0, 0],
            [.. row, .. row], Encoding.Unicode.GetBytes("Id,Active,Title\n1,true,a\n"), [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("Id,Active,Title\n1,true,a\n"), 0],
            [.. Encoding.UTF32.GetPreamble(), .. row], [.. row, .. Encoding.UTF8.GetBytes("9,true," + new string('x', 20_000_000) + "\r\n10,true,b")],
            Encoding.UTF8.GetBytes(string.Join(',', Enumerable.Range(0, 10_000).Select(i => "c" + i)) + ",Id,Active,Title\n" + new string(',', 10_000) + "1,true,a\n"),
        ];
        foreach (string title in new[] { "'Title'", "{ $_.Title.ToUpper() }" })
        {
            for (int i = 0; i < files.Length; i++)
            {
                string path = _directory.Write($"hostile{i}.csv", files[i]);
                PowerShellResult result = _session.Run(
                    $"ConvertTo-ScimBulkPayload $path @{{ externalId = 'Id'; active = 'Active'; title = {title} }} -RejectPath $rejects",
                    ("path", path),
                    ("rejects", _directory.Combine("rejects.csv")));

                Assert.Null(result.Failure);
                Assert.True(result.Output.Count + result.Errors.Count > 0 || i == 8, $"file {i}");
                Assert.All(result.Errors, error => Assert.True(
                    error.Exception.GetType().FullName == "InboundProvisioning.InboundProvisioningException", $"file {i}: {error.Exception}"));
                Assert.All(result.Operations(), operation => Assert.NotEqual(string.Empty, operation.GetProperty("bulkId").GetString()));
            }
        }
    }

    [Fact]
    public void Several_files_are_one_run()
    {
        string one = _directory.Write("a.csv", "Id,Active,Title\r\n1,true,a\r\n");
        string two = _directory.Write("b.csv", "Title,Id,Active\r\nb,2,true\r\nc,1,true\r\n");

        PowerShellResult result = _session.Run(Map + "ConvertTo-ScimBulkPayload $a, $b $map", ("a", one), ("b", two));

        Assert.Single(result.Output);
        Assert.Equal(["1", "2"], result.Operations().Select(operation => operation.GetProperty("bulkId").GetString()));
        Assert.StartsWith("b.csv, line 3", Assert.Single(result.Errors).Exception.Message, StringComparison.Ordinal);
        Assert.Equal("1 of 3 rows was rejected: 1 DuplicateExternalId (externalId). -RejectPath would keep them.", Assert.Single(result.Warnings));
    }

    [Fact]
    public void The_same_input_gives_the_same_bytes_in_sessions_of_their_own()
    {
        string path = _directory.Write("a.csv", "Id,Active,Title\r\n1,true,a\r\n2,no,b\r\n");
        const string Script = "ConvertTo-ScimBulkPayload $path @{ zoo = 'Title'; externalId = 'Id'; title = 'Title'; active = 'Active'; name = @{ familyName = 'Id'; givenName = 'Title' }; "
            + "custom = { @{ one = 1; two = 2; three = 3; four = 4; five = 5 } } }";
        IReadOnlyList<string> first = _session.Run(Script, ("path", path)).ThrowIfFailed().Text;

        using var other = new PowerShellSession();
        Assert.Equal(first, other.Run(Script, ("path", path)).ThrowIfFailed().Text);
        Assert.Contains("\"custom\":{\"five\":5,\"four\":4,\"one\":1,\"three\":3,\"two\":2}", first[0], StringComparison.Ordinal);
    }

    private static void AssertProgressEnded(PowerShellResult result) =>
        Assert.All(result.Progress.GroupBy(record => record.ActivityId), group => Assert.Equal(ProgressRecordType.Completed, group.Last().RecordType));

    private IReadOnlyList<string> Ids(string script, (string, object?) folder) =>
        [.. _session.Run(Map + script, folder).ThrowIfFailed().Operations().Select(operation => operation.GetProperty("bulkId").GetString()!)];

    private string WriteMany(int rows)
    {
        string path = _directory.Combine("many.csv");
        using var writer = new StreamWriter(path);
        writer.WriteLine("Id,Active,Title");
        for (int i = 1; i <= rows; i++)
        {
            writer.Write(i);
            writer.WriteLine(",true,a title of some length");
        }

        return path;
    }
}
