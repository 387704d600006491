using System.Collections.Generic;
using System.Text.Json;

namespace InboundProvisioning.Logs;

/// <summary>A step of the service's work on a record: https://learn.microsoft.com/graph/api/resources/provisioningstep.</summary>
public sealed record ProvisioningStep
{
    /// <summary>The name, such as <c>EntryImportAdd</c>.</summary>
    public string? Name { get; init; }

    /// <summary>import, scoping, matching, processing, referenceResolution, export, or what the service adds to these.</summary>
    public string? StepType { get; init; }

    /// <summary>success, failure, skipped, warning, or what the service adds to these.</summary>
    public string? Status { get; init; }

    /// <summary>What was done, in the service's words.</summary>
    public string? Description { get; init; }

    /// <summary>What the service tells beyond that.</summary>
    public IReadOnlyDictionary<string, string?> Details { get; init; } = new Dictionary<string, string?>();

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Status}";

    internal static ProvisioningStep Read(JsonElement step) => new()
    {
        Name = LogJson.Text(step, "name"),
        StepType = LogJson.Text(step, "provisioningStepType"),
        Status = LogJson.Text(step, "status"),
        Description = LogJson.Text(step, "description"),
        Details = LogJson.Details(step),
    };
}
