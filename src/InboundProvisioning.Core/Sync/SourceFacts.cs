using System;
using System.Collections.Generic;
using InboundProvisioning.Conversion;

namespace InboundProvisioning.Sync;

/// <summary>What is known of a source beside its records.</summary>
public sealed record SourceFacts
{
    /// <summary>What the conversion came to.</summary>
    public required ConversionSummary Summary { get; init; }

    /// <summary>When the newest of its files was written; null for objects.</summary>
    public DateTimeOffset? WrittenOn { get; init; }

    /// <summary>Whether its files end with a line break; null for objects.</summary>
    public bool? EndsWithLineBreak { get; init; }

    /// <summary>Why a part of the source could not be read, or null.</summary>
    public InboundProvisioningException? Fault { get; init; }

    /// <summary>The plan that stands for the source, or null.</summary>
    internal PlanHeader? Plan { get; init; }

    /// <summary>Whether the mapping gives <c>active</c>.</summary>
    public bool MapsActive { get; init; } = true;
}
