using System.Collections.Generic;
using System.Linq;
using InboundProvisioning.Sync.Safeguards;

namespace InboundProvisioning.PowerShell.Abstractions;

/// <summary>Reads the limits of a synchronization.</summary>
internal static class SafeguardParameters
{
    /// <summary>The limits that are given, by the names of their parameters.</summary>
    public static Dictionary<string, SafeguardLimit> Given(ISafeguardParameters parameters) => new (string Name, SafeguardLimit? Limit)[]
    {
        (nameof(parameters.DisableLimit), parameters.DisableLimit),
        (nameof(parameters.MissingLimit), parameters.MissingLimit),
        (nameof(parameters.ShrinkLimit), parameters.ShrinkLimit),
        (nameof(parameters.CreateLimit), parameters.CreateLimit),
        (nameof(parameters.ClearLimit), parameters.ClearLimit),
        (nameof(parameters.AttributeChangeLimit), parameters.AttributeChangeLimit),
        (nameof(parameters.UserNameChangeLimit), parameters.UserNameChangeLimit),
        (nameof(parameters.RejectLimit), parameters.RejectLimit),
    }.Where(static one => one.Limit is not null).ToDictionary(static one => one.Name, static one => one.Limit!);
}
