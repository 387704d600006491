using System;

namespace InboundProvisioning.Emulator.Faults;

/// <summary>
/// A fault that strikes the next calls on command: a refusal with <see cref="Status"/>, or an <see cref="Action"/>.
/// A redirect can have both.
/// </summary>
public sealed record Fault
{
    /// <summary>A part of the URL (path and query) of the calls that it strikes, case ignored; null for all calls. Those to <c>/emulator</c> are never struck.</summary>
    public string? Path { get; init; }

    /// <summary>How many calls it strikes: 1 or more.</summary>
    public int Count { get; init; } = 1;

    /// <summary>
    /// The status of the refusal, 400 to 599, with the error body of the endpoint that was called and without its work.
    /// With <see cref="FaultAction.Redirect"/> 301, 302, 303, 307 or 308; 302 when not given.
    /// </summary>
    public int? Status { get; init; }

    /// <summary>The value of the header <c>Retry-After</c>, sent as it is: seconds, a fraction of them, an HTTP date, or nonsense. With a status only.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>What is done instead of a refusal.</summary>
    public FaultAction? Action { get; init; }

    /// <summary>How long <see cref="FaultAction.Slow"/> holds the answer back, in milliseconds.</summary>
    public int? DelayMs { get; init; }

    /// <summary>Where <see cref="FaultAction.Redirect"/> leads: an absolute URL.</summary>
    public string? Location { get; init; }

    /// <summary>What is wrong with the fault, or null.</summary>
    internal string? Problem()
    {
        if (Count < 1)
        {
            return "'count' must be 1 or more.";
        }

        if (Status is null && Action is null)
        {
            return "it needs a 'status' or an 'action'.";
        }

        if (Action is FaultAction.Redirect ? Status is not (null or 301 or 302 or 303 or 307 or 308) : Status is < 400 or > 599)
        {
            return Action is FaultAction.Redirect
                ? "the 'status' of a redirect must be 301, 302, 303, 307 or 308."
                : "'status' must be from 400 to 599.";
        }

        if (Status is not null && Action is not (null or FaultAction.Redirect))
        {
            return "it takes a 'status' or an 'action', not both.";
        }

        if (RetryAfter is not null && Status is null)
        {
            return "'retryAfter' needs a 'status'.";
        }

        if ((Action is FaultAction.Slow) != DelayMs.HasValue)
        {
            return DelayMs.HasValue ? "'delayMs' is for the action 'slow' only." : "the action 'slow' needs 'delayMs'.";
        }

        if (DelayMs < 0)
        {
            return "'delayMs' must be 0 or more.";
        }

        if ((Action is FaultAction.Redirect) != Location is not null)
        {
            return Location is null ? "the action 'redirect' needs a 'location'." : "'location' is for the action 'redirect' only.";
        }

        // A bare path counts as an absolute file URL on some systems.
        return Location is null || (Uri.TryCreate(Location, UriKind.Absolute, out Uri? url) && (url.Scheme is "http" or "https"))
            ? null
            : "'location' must be an absolute URL.";
    }
}
