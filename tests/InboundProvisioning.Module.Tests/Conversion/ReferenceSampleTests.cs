using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using InboundProvisioning.Module.Tests.Hosting;

namespace InboundProvisioning.Module.Tests.Conversion;

/// <summary>The sample files of CSV2SCIM.ps1 give what that script makes of them, but for records that would race each other.</summary>
public sealed class ReferenceSampleTests : IDisposable
{
    private readonly PowerShellSession _session = new();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("-EmptyValue EmptyString -OperationsPerRequest 7")]
    public void A_thousand_workers_agree_and_repeated_externalIds_are_rejected(string parameters)
    {
        PowerShellResult result = _session.Run(
            "ConvertTo-ScimBulkPayload $csv $mapping " + parameters, ("csv", Sample("workers-1000.csv")), ("mapping", Sample("AttributeMapping.psd1")));

        JsonElement[] expected = Expected("workers-1000.json");
        var seen = new HashSet<string>();
        JsonElement[] firsts = [.. expected.Where(user => seen.Add(user.GetProperty("externalId").GetString()!))];
        AssertUsers(firsts, result);
        Assert.Equal([.. Enumerable.Repeat("DuplicateExternalId", 100), "FurtherRejectedRows"], result.ErrorIds());
        Assert.StartsWith("276 further rows were rejected for DuplicateExternalId (externalId): workers-1000.csv, line ", result.Errors[100].Exception.Message, StringComparison.Ordinal);
        Assert.Equal(376, expected.Length - firsts.Length);
        Assert.Equal("376 of 1,000 rows were rejected: 376 DuplicateExternalId (externalId). -RejectPath would keep them.", Assert.Single(result.Warnings));
    }

    [Fact]
    public void A_namespace_takes_all_columns()
    {
        PowerShellResult result = _session.Run(
            "ConvertTo-ScimBulkPayload $csv $mapping -ScimSchemaNamespace 'urn:ietf:params:scim:schemas:extension:csv:1.0:User'",
            ("csv", Sample("workers-2.csv")),
            ("mapping", Sample("AttributeMapping.psd1"))).ThrowIfFailed();

        AssertUsers(Expected("workers-2.namespace.json"), result);
    }

    [Fact]
    public void The_mapping_is_sound() =>
        Assert.Equal([true], _session.Run(
            "Test-ScimAttributeMapping $mapping $csv", ("csv", Sample("workers-1000.csv")), ("mapping", Sample("AttributeMapping.psd1"))).ThrowIfFailed().OutputOf<bool>());

    private static string Sample(string name) => Path.Combine(Repository.Root, "tests", "Samples", name);

    private static JsonElement[] Expected(string name)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Sample(Path.Combine("expected", name))));
        return [.. document.RootElement.EnumerateArray().Select(user => user.Clone())];
    }

    // The order of the attributes plays no part.
    private static void AssertUsers(JsonElement[] expected, PowerShellResult result)
    {
        IReadOnlyList<JsonElement> operations = result.Operations();
        Assert.Equal(expected.Length, operations.Count);
        for (int i = 0; i < expected.Length; i++)
        {
            JsonElement user = operations[i].GetProperty("data");
            Assert.True(JsonElement.DeepEquals(expected[i], user), $"{expected[i].GetRawText()}\n{user.GetRawText()}");
            Assert.Equal(expected[i].GetProperty("externalId").GetString(), operations[i].GetProperty("bulkId").GetString());
        }
    }
}
