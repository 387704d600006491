using System;
using System.Data;
using InboundProvisioning.Module.Tests.Hosting;

namespace InboundProvisioning.Module.Tests.Conversion;

/// <summary>Records whose values are objects, as REST services give them, and tables of databases.</summary>
public sealed class NestedObjectTests : IDisposable
{
    private const string Person = "@{ id = 1; work = OBJECT@{ email = 'a@b.example'; phone = OBJECT@{ number = '5' } }; emails = @(OBJECT@{ value = 'first' }, OBJECT@{ value = 'second' }) }";

    private readonly PowerShellSession _session = new();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("work.email", "a@b.example")]
    [InlineData("WORK.EMAIL", "a@b.example")]
    [InlineData("work.phone.number", "5")]
    [InlineData("emails[1].value", "second")]
    public void A_dotted_name_reaches_into_properties_and_keys(string name, string value)
    {
        foreach (string type in new[] { "[pscustomobject]", "[hashtable]", "[ordered]" })
        {
            string person = Person.Replace("OBJECT", type, StringComparison.Ordinal);
            PowerShellResult result = _session.Run(
                $"{type}{person} | ConvertTo-ScimBulkPayload -AttributeMapping ([ordered]@{{ active = $true; title = '{name}' }})").ThrowIfFailed();

            Assert.Equal([$"{{\"active\":true,\"title\":\"{value}\"}}"], result.Users());
        }
    }

    [Fact]
    public void A_column_of_that_very_name_comes_first()
    {
        PowerShellResult result = _session.Run(
            "[pscustomobject]@{ 'no._ext' = 'very'; no = [pscustomobject]@{ _ext = 'nested' }; 'a.b' = @{ c = 'longest' }; a = @{ 'b.c' = 'x' } } "
            + "| ConvertTo-ScimBulkPayload -AttributeMapping ([ordered]@{ active = $true; title = 'no._ext'; nickName = 'a.b.c' })").ThrowIfFailed();

        Assert.Equal(["{\"active\":true,\"title\":\"very\",\"nickName\":\"longest\"}"], result.Users());
    }

    [Fact]
    public void What_is_not_there_is_null_and_what_no_object_has_is_an_error()
    {
        const string Map = " | ConvertTo-ScimBulkPayload -AttributeMapping ([ordered]@{ active = $true; title = 'work.email'; nickName = 'emails[3].value' })";

        Assert.Equal(["{\"active\":true,\"title\":null,\"nickName\":null}"], _session.Run("@{ work = $null; emails = @() }" + Map).ThrowIfFailed().Users());
        Assert.Equal(["ColumnNotFound"], _session.Run("@{ work = @{ mail = 'x' }; emails = @() }" + Map).ErrorIds());
        Assert.Equal(["ColumnNotFound"], _session.Run("@{ work = 'text'; emails = @() }" + Map).ErrorIds());
        Assert.Equal(["UnreadableValue"], _session.Run("@{ work = @{ email = 'x' }; emails = @() }, @{ work = @{ mail = 'x' }; emails = @() }" + Map).ErrorIds());
    }

    [Fact]
    public void The_columns_under_a_URN_are_the_properties_themselves()
    {
        PowerShellResult result = _session.Run(
            "[pscustomobject]@{ id = 1; work = 'x' }, [pscustomobject]@{ id = 2; work = @{ email = 'y' } } "
            + "| ConvertTo-ScimBulkPayload -AttributeMapping ([ordered]@{ active = $true; title = 'work.email' }) -AllowMissingColumn -ScimSchemaNamespace urn:a:b");

        Assert.Equal(
            ["{\"active\":true,\"title\":null,\"urn:a:b\":{\"id\":1,\"work\":\"x\"}}", "{\"active\":true,\"title\":\"y\",\"urn:a:b\":{\"id\":2,\"work\":{\"email\":\"y\"}}}"],
            result.Users());
    }

    [Fact]
    public void A_column_that_SCIM_has_no_name_for_is_refused_before_any_output_and_goes_by_the_name_that_is_given()
    {
        using var directory = new TemporaryDirectory();
        string path = directory.Write("a.csv", "Worker ID,Dept\r\n1,x\r\n");
        foreach (string input in new[] { "ConvertTo-ScimBulkPayload $path", "[pscustomobject]@{ 'Worker ID' = '1'; Dept = 'x' } | ConvertTo-ScimBulkPayload" })
        {
            string command = input + " -AttributeMapping @{ active = $true } -ScimSchemaNamespace urn:a:b";

            PowerShellResult refused = _session.Run(command, ("path", path));
            Assert.Equal(["InvalidAttributeName"], refused.ErrorIds());
            Assert.Empty(refused.Output);
            Assert.Contains("-ScimName @{ 'Worker ID' = 'WorkerID' }", refused.Errors[0].Exception.Message, StringComparison.Ordinal);

            Assert.Equal(
                ["{\"active\":true,\"urn:a:b\":{\"WorkerID\":\"1\",\"Dept\":\"x\"}}"],
                _session.Run(command + " -ScimName @{ 'Worker ID' = 'WorkerID' }", ("path", path)).ThrowIfFailed().Users());
            Assert.Equal(["InvalidAttributeName"], _session.Run(command + " -ScimName @{ 'Worker ID' = 'Worker.ID' }", ("path", path)).ErrorIds());
        }
    }

    [Fact]
    public void A_table_and_a_data_reader_give_their_rows()
    {
        using var table = new DataTable { Columns = { { "Id", typeof(int) }, { "Mail", typeof(string) } } };
        table.Rows.Add(1, "a");
        table.Rows.Add(2, DBNull.Value);
        string[] expected = ["{\"externalId\":\"1\",\"active\":true,\"title\":\"a\",\"nickName\":\"a!\"}", "{\"externalId\":\"2\",\"active\":true,\"title\":null,\"nickName\":\"!\"}"];
        const string Map = "-AttributeMapping ([ordered]@{ externalId = 'Id'; active = $true; title = 'Mail'; nickName = { $_.Mail + '!' } })";

        Assert.Equal(expected[0], _session.Run($"$table | ConvertTo-ScimBulkPayload {Map}", ("table", table)).Users()[0]);
        Assert.Equal(expected[0], _session.Run($"ConvertTo-ScimBulkPayload -InputObject $table {Map}", ("table", table)).Users()[0]);
        using (IDataReader reader = table.CreateDataReader())
        {
            Assert.Equal(expected, _session.Run($"$reader | ConvertTo-ScimBulkPayload {Map}", ("reader", reader)).ThrowIfFailed().Users());
        }

        using (IDataReader reader = table.CreateDataReader())
        {
            Assert.Equal(expected, _session.Run($"ConvertTo-ScimBulkPayload -InputObject $reader {Map}", ("reader", reader)).ThrowIfFailed().Users());
        }
    }

    [Theory]
    [InlineData("$_['st'] -eq 'Active'")]
    [InlineData("$_['ST'] -eq 'Active'")]
    [InlineData("$_[1] -eq 'Active'")]
    [InlineData("$row = $_; $row['st'] -eq 'Active'")]
    public void An_index_finds_a_column_of_a_reader_and_of_a_table_also_with_Trim(string script)
    {
        using var table = new DataTable { Columns = { { "id", typeof(int) }, { "st", typeof(string) }, { "t", typeof(string) } } };
        table.Rows.Add(1, "Active", "x ");
        table.Rows.Add(2, "Left", "y");
        string[] expected = ["{\"externalId\":\"1\",\"active\":true}", "{\"externalId\":\"2\",\"active\":false}"];
        string map = $"ConvertTo-ScimBulkPayload -AttributeMapping ([ordered]@{{ externalId = 'id'; active = {{ {script} }} }})";
        foreach (string trim in new[] { string.Empty, " -Trim" })
        {
            Assert.Equal(expected, _session.Run($"$table.Rows | {map}{trim}", ("table", table)).ThrowIfFailed().Users());
            using IDataReader reader = table.CreateDataReader();
            Assert.Equal(expected, _session.Run($"ConvertTo-ScimBulkPayload -InputObject $reader {map["ConvertTo-ScimBulkPayload ".Length..]}{trim}", ("reader", reader)).ThrowIfFailed().Users());
        }

        Assert.Equal(expected[0], _session.Run($"[ordered]@{{ id = 1; st = 'Active'; t = 'x ' }} | {map} -Trim").ThrowIfFailed().Users()[0]);
    }

    [Theory]
    [InlineData("$_['st'] -eq 'Active'")]
    [InlineData("$_['st'].Trim() -eq 'Active'")]
    [InlineData("$PSItem[1] -eq 'Active'")]
    [InlineData("if ($_['st'] -eq 'Active') { $true } else { $false }")]
    [InlineData("\"$($_['st'])\" -eq 'Active'")]
    public void An_index_that_gives_nothing_is_an_error_and_disables_nobody(string script)
    {
        using var directory = new TemporaryDirectory();
        string path = directory.Write("a.csv", "id,st\r\n1,Active\r\n");
        foreach (string input in new[] { "ConvertTo-ScimBulkPayload $path", "[pscustomobject]@{ id = 1; st = 'Active' } | ConvertTo-ScimBulkPayload" })
        {
            PowerShellResult result = _session.Run($"{input} -AttributeMapping @{{ externalId = 'id'; active = {{ {script} }} }}", ("path", path));

            Assert.Equal(["ScriptBlockFailed"], result.ErrorIds());
            Assert.Contains("$_[...]", result.Errors[0].Exception.Message, StringComparison.Ordinal);
            Assert.Empty(result.Output);
        }
    }

    [Fact]
    public void A_misspelled_index_is_a_missing_column() =>
        Assert.Equal(["ColumnNotFound"], _session.Run("@{ id = 1; st = 'Active' } | ConvertTo-ScimBulkPayload -AttributeMapping @{ externalId = 'id'; active = { $_['state'] -eq 'Active' } }").ErrorIds());

    [Fact]
    public void White_space_of_an_index_decides_nothing_in_silence() =>
        Assert.Equal(["WhiteSpaceAround"], _session.Run("@{ id = 1; st = 'Active ' } | ConvertTo-ScimBulkPayload -AttributeMapping @{ externalId = 'id'; active = { $_['st'] -eq 'Active' } }").ErrorIds());

    [Theory]
    [InlineData("Emp\u00A0ID", "Emp ID")]
    [InlineData("Emp ID", "Emp\u00A0ID")]
    public void A_later_object_may_spell_the_white_space_of_a_name_in_another_way(string first, string later)
    {
        PowerShellResult result = _session.Run(
            "[pscustomobject]@{ $first = 1 }, [pscustomobject]@{ $later = 2 } | ConvertTo-ScimBulkPayload -AttributeMapping ([ordered]@{ externalId = 'Emp ID'; active = $true })",
            ("first", first), ("later", later)).ThrowIfFailed();

        Assert.Equal(["{\"externalId\":\"1\",\"active\":true}", "{\"externalId\":\"2\",\"active\":true}"], result.Users());
    }

    [Theory]
    [InlineData("$map.name = $map")]
    [InlineData("$list = [System.Collections.ArrayList]::new(); [void]$list.Add($list); $map.emails = $list")]
    [InlineData("$name = [pscustomobject]@{ up = $null }; $name.up = $name; $map.name = $name")]
    public void A_mapping_that_holds_itself_is_refused(string script)
    {
        PowerShellResult result = _session.Run("$map = @{ externalId = 'id'; active = $true }\n" + script + "\n@{ id = 1 } | ConvertTo-ScimBulkPayload -AttributeMapping $map");

        Assert.Equal("InvalidAttributeMapping", result.Failure?.FullyQualifiedErrorId.Split(',')[0] ?? string.Join(",", result.ErrorIds()));
        Assert.Empty(result.Output);
    }
}
