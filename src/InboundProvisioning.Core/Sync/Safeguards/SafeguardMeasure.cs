namespace InboundProvisioning.Sync.Safeguards;

/// <summary>What a limit was held against in a run, passed or not.</summary>
/// <param name="Name">The limit, such as <c>DisableLimit</c>.</param>
/// <param name="Attribute">Of a limit of each attribute the one with most people; else null.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Limit">The limit as it was set, such as <c>5%</c>.</param>
/// <param name="Allowed">How many may be; null for no limit.</param>
/// <param name="Base">Of how many.</param>
public sealed record SafeguardMeasure(string Name, string? Attribute, long Count, string Limit, long? Allowed, long Base)
{
    /// <summary>Whether there are more than may be.</summary>
    public bool IsExceeded => Count > Allowed;
}
