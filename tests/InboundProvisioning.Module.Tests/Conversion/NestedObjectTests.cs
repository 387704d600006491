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
}
