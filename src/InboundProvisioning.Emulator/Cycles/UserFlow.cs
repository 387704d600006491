using System;
using System.Collections.Generic;
using System.Linq;

using InboundProvisioning.Emulator.Schema;
using InboundProvisioning.Emulator.Staging;
using InboundProvisioning.Emulator.Users;

namespace InboundProvisioning.Emulator.Cycles;

/// <summary>
/// What the attribute mappings make of one record. An attribute that is null, empty or left out clears its target on update when "Flow null
/// values" is on for the source attribute and for the mapping; "if [it] isn't selected for the source schema attribute or the target mapping, the
/// provisioning service doesn't use the null or empty source value to clear the target attribute", so that it then leaves the target alone. Of a
/// sub-attribute "its containing complex object or collection element" must be in the record. Attributes with several values are never cleared:
/// https://learn.microsoft.com/entra/identity/app-provisioning/clear-attribute-values
/// </summary>
internal sealed class UserFlow(InboundRule rule, ScimUser source)
{
    /// <summary>The value that finds the user, or null.</summary>
    public string? MatchingValue => rule.Matching is { } matching ? Value(matching.Source) : null;

    /// <summary>The manager's source id and whether there is one to set or to clear; null when the record does not touch the manager.</summary>
    public (string? SourceId, bool Clears)? Manager
    {
        get
        {
            AttributeFlow? flow = rule.Flows.FirstOrDefault(IsReference);
            if (flow is null)
            {
                return null;
            }

            return Value(flow.Source) is { } value ? (value, false) : Clears(flow) ? (null, true) : null;
        }
    }

    /// <summary>The attributes that get another value than they have, with null to clear.</summary>
    /// <param name="target">The user as it is, or null for a new one.</param>
    public IReadOnlyDictionary<string, string?> Changes(DirectoryUser? target)
    {
        var changes = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (AttributeFlow flow in rule.Flows.Where(flow => !IsReference(flow) && (target is null || !flow.OnlyOnCreation)))
        {
            string? before = target?.Attributes.GetValueOrDefault(flow.Target);
            if ((Value(flow.Source) ?? (target is null ? flow.Default : null)) is { Length: > 0 } value)
            {
                if (value != before)
                {
                    changes[flow.Target] = value;
                }
            }
            else if (before is not null && Clears(flow))
            {
                changes[flow.Target] = null;
            }
        }

        return changes;
    }

    private bool IsReference(AttributeFlow flow) =>
        flow.Source.Type == FlowSourceType.Attribute && rule.SourceAttributes.GetValueOrDefault(flow.Source.Name)?.Type == "Reference";

    private bool Clears(AttributeFlow flow) => flow.FlowNullValues && !rule.MultivaluedTargets.Contains(flow.Target) && flow.Source.Attributes.Any(name =>
        rule.SourceAttributes.GetValueOrDefault(name) is { FlowNullValues: true, Multivalued: false }
        && source.Read(name).Presence is SourcePresence.Empty or SourcePresence.Omitted);

    private string? Value(FlowExpression expression) =>
        expression.Evaluate(name => source.Read(name).Values) is { Count: > 0 } values ? string.Join(',', values) : null;
}
