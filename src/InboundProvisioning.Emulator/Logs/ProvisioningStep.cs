using System.Text.Json.Nodes;

namespace InboundProvisioning.Emulator.Logs;

/// <summary>A step of an event: https://learn.microsoft.com/graph/api/resources/provisioningstep</summary>
internal sealed record ProvisioningStep(
    string Name, ProvisioningStepType ProvisioningStepType, ProvisioningResult Status, string Description, JsonObject? Details = null);
