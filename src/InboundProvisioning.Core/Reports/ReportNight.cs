using System;

namespace InboundProvisioning.Reports;

/// <summary>One of the last runs.</summary>
/// <param name="RunId">Its number.</param>
/// <param name="StartedOn">When it began.</param>
/// <param name="Status">How it ended.</param>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Accepted">Records that the service took.</param>
/// <param name="New">New people.</param>
/// <param name="Changed">People who changed.</param>
/// <param name="Deactivated">People who became inactive.</param>
/// <param name="HeldBack">Records that were rejected, refused or held back.</param>
public sealed record ReportNight(
    long RunId, DateTimeOffset StartedOn, string Status, int ExitCode, long Accepted, long New, long Changed, long Deactivated, long HeldBack);
