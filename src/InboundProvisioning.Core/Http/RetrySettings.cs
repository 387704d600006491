using System;

namespace InboundProvisioning.Http;

/// <summary>How often and how long a call that may pass later is tried again.</summary>
public sealed record RetrySettings
{
    /// <summary>Retries of a call after its first attempt. Default 6: with the delays below, an outage of about a minute.</summary>
    public int Retries { get; init; } = 6;

    /// <summary>Retries of each call of a sign-in. Default 3: a wrong host or a missing network shows within seconds.</summary>
    public int SignInRetries { get; init; } = 3;

    /// <summary>The longest that one attempt of a sign-in may take.</summary>
    public TimeSpan SignInTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The first delay where the service names none or a shorter one; it doubles with each retry, with jitter.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest delay of our own choosing.</summary>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest that all attempts and waits of one call may take, from its first attempt; a Retry-After beyond it ends the call at once.</summary>
    public TimeSpan Total { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The longest that one attempt may take.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(100);
}
