using System;

namespace InboundProvisioning.Graph;

/// <summary>Tells that a call is about to be tried again.</summary>
/// <param name="Purpose">What the call does.</param>
/// <param name="Attempt">The attempt that failed, from 1.</param>
/// <param name="Delay">The wait before the next one.</param>
/// <param name="Reason">Why it failed.</param>
public sealed record RetryNotice(string Purpose, int Attempt, TimeSpan Delay, string Reason);
