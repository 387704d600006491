using InboundProvisioning.Logs;
using InboundProvisioning.State;

namespace InboundProvisioning.Outcomes;

/// <summary>What the status of an event or a change says of a person.</summary>
internal static class LoggedStatus
{
    /// <summary>The outcome; null for a status that is new to this module, which is not counted as a failure.</summary>
    /// <param name="status">The status. A warning is about an account that is there.</param>
    public static RecordStatus? Of(string? status) =>
        LogTerms.Same(status, "failure") ? RecordStatus.Failed
        : LogTerms.Same(status, "skipped") ? RecordStatus.Skipped
        : LogTerms.Same(status, "success") || LogTerms.Same(status, "warning") ? RecordStatus.Succeeded
        : null;
}
