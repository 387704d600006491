using System.Collections.Generic;

namespace InboundProvisioning.Schema;

/// <summary>What an extension changes in a schema, still to be carried out.</summary>
/// <param name="Schema">The changed schema, ready to be sent.</param>
/// <param name="HasChanges">Whether it differs from what is there.</param>
/// <param name="Results">The attributes as they are then.</param>
/// <param name="Faults">What cannot be done for single attributes.</param>
/// <param name="RuleName">The inbound rule.</param>
/// <param name="SourceDirectory">The directory that has the attributes.</param>
public sealed record SchemaExtensionPlan(
    ProvisioningSchema Schema,
    bool HasChanges,
    IReadOnlyList<SchemaExtensionResult> Results,
    IReadOnlyList<InboundProvisioningException> Faults,
    string RuleName,
    string SourceDirectory);
