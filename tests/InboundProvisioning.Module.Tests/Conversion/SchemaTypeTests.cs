using System;
using System.IO;
using System.Management.Automation;
using InboundProvisioning.Module.Tests.Hosting;

namespace InboundProvisioning.Module.Tests.Conversion;

/// <summary>ConvertTo-ScimBulkPayload with the schema of a job, and with names that SCIM does not allow.</summary>
public sealed class SchemaTypeTests : IDisposable
{
    private const string Urn = "urn:ietf:params:scim:schemas:extension:contoso:1.0:User";

    private const string Map = "$map = [ordered]@{ externalId = 'Worker ID'; active = { $true } }; ";

    private const string Schema =
        "{\"synchronizationRules\":[{\"name\":\"In\",\"sourceDirectoryName\":\"API\",\"targetDirectoryName\":\"AAD\",\"objectMappings\":[{\"sourceObjectName\":\"User\",\"targetObjectName\":\"User\",\"attributeMappings\":[]}]}],"
        + "\"directories\":[{\"name\":\"API\",\"objects\":[{\"name\":\"User\",\"attributes\":[{\"name\":\"externalId\",\"type\":\"String\"},"
        + "{\"name\":\"" + Urn + ":OnLeave\",\"type\":\"Boolean\"},{\"name\":\"" + Urn + ":HireDate\",\"type\":\"DateTime\"}]}]}]}";

    private readonly PowerShellSession _session = new();
    private readonly TemporaryDirectory _directory = new();
    private readonly string _csv;

    public SchemaTypeTests() => _csv = _directory.Write("workers.csv", "Worker ID,OnLeave,HireDate\n1,False,2013-01-25\n2,True,01/02/2013\n");

    public void Dispose()
    {
        _session.Dispose();
        _directory.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Custom_attributes_go_out_in_the_types_of_the_schema_given_as_a_file_or_as_text(bool isFile)
    {
        string schema = isFile ? _directory.Write("schema.json", Schema) : Schema;

        PowerShellResult result = _session.Run(
            Map + $"ConvertTo-ScimBulkPayload $csv $map -ScimSchemaNamespace {Urn} -ScimName @{{ 'Worker ID' = 'WorkerID' }} -ProvisioningSchema $schema", ("csv", _csv), ("schema", schema));

        Assert.Contains("{\"WorkerID\":\"1\",\"OnLeave\":false,\"HireDate\":\"2013-01-25T00:00:00Z\"}", Assert.Single(result.OutputOf<string>()), StringComparison.Ordinal);
        ErrorRecord error = Assert.Single(result.Errors);
        Assert.StartsWith("InvalidDateTime,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("workers.csv, line 3", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains($"{Urn}:HireDate", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("'01/02/2013'", error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_schema_stops_the_run()
    {
        PowerShellResult result = _session.Run(Map + "ConvertTo-ScimBulkPayload $csv $map -ProvisioningSchema $csv", ("csv", _csv));

        Assert.Equal(["InvalidSchemaFile"], result.ErrorIds());
        Assert.Empty(result.Output);
    }

    [Fact]
    public void Without_a_schema_what_looks_typed_is_one_warning_for_files_and_for_objects()
    {
        string csv = _directory.Write("typed.csv", "WorkerID,OnLeave\n1,False\n2,True\n");
        string map = "$map = @{ externalId = 'WorkerID'; active = { $true } }; ";

        PowerShellResult file = _session.Run(map + $"ConvertTo-ScimBulkPayload $csv $map -ScimSchemaNamespace {Urn}", ("csv", csv)).ThrowIfFailed();
        PowerShellResult objects = _session.Run(map + $"[pscustomobject]@{{ WorkerID = '1'; OnLeave = 'False' }} | ConvertTo-ScimBulkPayload -AttributeMapping $map -ScimSchemaNamespace {Urn}").ThrowIfFailed();

        Assert.Contains("OnLeave (Boolean) look typed", Assert.Single(file.Warnings), StringComparison.Ordinal);
        Assert.Contains("OnLeave (Boolean) look typed", Assert.Single(objects.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_that_no_attribute_can_be_named_for_stops_the_run_before_any_output()
    {
        string folder = Path.Combine(_directory.Path, "requests");

        PowerShellResult file = _session.Run(Map + $"ConvertTo-ScimBulkPayload $csv $map -ScimSchemaNamespace {Urn} -OutputDirectory $folder", ("csv", _csv), ("folder", folder));
        PowerShellResult objects = _session.Run(Map + $"[pscustomobject]@{{ 'Worker ID' = '1' }} | ConvertTo-ScimBulkPayload -AttributeMapping $map -ScimSchemaNamespace {Urn}");

        Assert.Equal(["InvalidAttributeName"], file.ErrorIds());
        Assert.Contains("-ScimName @{ 'Worker ID' = 'WorkerID' }", file.Errors[0].Exception.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder));
        Assert.Equal(["InvalidAttributeName"], objects.ErrorIds());
        Assert.Empty(objects.Output);
    }
}
