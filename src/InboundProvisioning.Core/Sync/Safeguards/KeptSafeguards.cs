using System.Collections.Generic;
using System.Linq;
using InboundProvisioning.State;

namespace InboundProvisioning.Sync.Safeguards;

/// <summary>The limits that a state keeps, so that a scheduled command stays short.</summary>
public static class KeptSafeguards
{
    /// <summary>All limits as they count.</summary>
    /// <param name="statePath">The state.</param>
    /// <exception cref="InboundProvisioningException"><c>StateNotFound</c>, and what is wrong with the file.</exception>
    public static IReadOnlyList<SafeguardSetting> Read(StateLocation statePath)
    {
        using SqliteState state = StateAccess.OpenToRead(statePath);
        var limits = new SafeguardLimits();
        limits.AddKept(state.Safeguards());
        return
        [
            .. SafeguardRule.All.Select(rule => new SafeguardSetting
            {
                Name = rule.Name,
                Limit = limits[rule].ToString(),
                Source = limits.SourceOf(rule),
                Allowed = limits[rule].Allowed(state.People, rule),
                Floor = rule.Floor,
                Cap = rule.Cap == long.MaxValue ? null : rule.Cap,
            }),
        ];
    }

    /// <summary>Keeps limits; null goes back to the default.</summary>
    /// <inheritdoc cref="Read"/>
    public static void Write(StateLocation statePath, IReadOnlyDictionary<string, SafeguardLimit?> limits)
    {
        using SqliteState state = StateAccess.OpenToWrite(statePath);
        foreach (KeyValuePair<string, SafeguardLimit?> limit in limits)
        {
            state.SetSafeguard(limit.Key, limit.Value?.ToString());
        }
    }
}
