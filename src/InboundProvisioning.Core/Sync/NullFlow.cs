using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Graph;
using InboundProvisioning.Jobs;
using InboundProvisioning.Schema;

namespace InboundProvisioning.Sync;

/// <summary>
/// Which attributes that become empty would be cleared in the directory: those whose source attribute lets null values flow
/// (<c>flowNullValues</c> of its attributeDefinition). The switch of the mapping is not in Graph's v1.0 metadata.
/// </summary>
public static class NullFlow
{
    /// <summary>Reads the schema of the job and says it of each attribute of a plan.</summary>
    /// <exception cref="InboundProvisioningException">The schema may not be read, or is not understood.</exception>
    public static async Task<ProvisioningPlan> ReadAsync(
        ProvisioningPlan plan, GraphClient graph, ProvisioningJobAddress job, IProgress<RetryNotice>? notices, CancellationToken cancellationToken)
    {
        ProvisioningSchema schema = await new ProvisioningSchemaClient(graph, notices).ReadAsync(job, cancellationToken).ConfigureAwait(false);
        HashSet<string> flowing = Flowing(schema.ToString());
        PlannedAttribute[] attributes = [.. plan.Attributes.Select(one => one with { ClearsInDirectory = flowing.Contains(one.Attribute) })];
        return plan with { Attributes = attributes };
    }

    private static HashSet<string> Flowing(string schema)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        using JsonDocument document = JsonDocument.Parse(schema);
        foreach (JsonElement attribute in Members(document.RootElement, "directories")
            .SelectMany(static directory => Members(directory, "objects"))
            .SelectMany(static one => Members(one, "attributes")))
        {
            if (attribute.TryGetProperty("flowNullValues", out JsonElement flows) && flows.ValueKind == JsonValueKind.True
                && attribute.TryGetProperty("name", out JsonElement name) && name.GetString() is string text)
            {
                names.Add(text);
            }
        }

        return names;
    }

    private static JsonElement.ArrayEnumerator Members(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : default;
}
