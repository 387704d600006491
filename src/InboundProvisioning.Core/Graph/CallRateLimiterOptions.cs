using System;
using InboundProvisioning.Http;

namespace InboundProvisioning.Graph;

/// <summary>The limit that a <see cref="CallRateLimiter"/> keeps.</summary>
public sealed record CallRateLimiterOptions
{
    /// <summary>The most calls that arrive at the service in any <see cref="Window"/>. Default 40.</summary>
    public int CallLimit { get; init; } = 40;

    /// <summary>
    /// The length of the sliding window. Default 5 seconds:
    /// https://learn.microsoft.com/entra/identity/app-provisioning/inbound-provisioning-api-concepts.
    /// </summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How much sooner than an older one a call may arrive, beyond what the answer times tell. Default 50 milliseconds, with
    /// which 39.6 of 40 calls in 5 seconds remain.
    /// </summary>
    public TimeSpan Margin { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// The longest pause that calls wait for; during the part of a pause beyond it they are refused at once. Default 10 minutes,
    /// as <see cref="RetrySettings.Total"/>.
    /// </summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(10);
}
