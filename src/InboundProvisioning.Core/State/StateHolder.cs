using System;

namespace InboundProvisioning.State;

/// <summary>The run that holds a state.</summary>
/// <param name="Host">The machine.</param>
/// <param name="Process">The id of the process.</param>
/// <param name="StartedOn">When the run began.</param>
/// <param name="Token">What no other run has.</param>
internal sealed record StateHolder(string Host, int Process, DateTimeOffset StartedOn, Guid Token)
{
    /// <summary>The name under which it is kept.</summary>
    public const string Name = "Holder";
}
