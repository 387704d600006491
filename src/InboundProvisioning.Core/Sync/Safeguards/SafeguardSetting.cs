namespace InboundProvisioning.Sync.Safeguards;

/// <summary>A limit as it counts for the next run.</summary>
public sealed record SafeguardSetting
{
    /// <summary>Its name, which is the parameter's.</summary>
    public required string Name { get; init; }

    /// <summary>Its value.</summary>
    public required string Limit { get; init; }

    /// <summary>Where the value comes from: <c>state</c> or <c>default</c>.</summary>
    public required string Source { get; init; }

    /// <summary>How many that is of the people who are known now; null for no limit.</summary>
    public required long? Allowed { get; init; }

    /// <summary>What a percentage always lets through.</summary>
    public required long Floor { get; init; }

    /// <summary>What a percentage never lets through; null for none.</summary>
    public required long? Cap { get; init; }
}
