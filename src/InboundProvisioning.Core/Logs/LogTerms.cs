using System;
using System.Collections.Generic;

namespace InboundProvisioning.Logs;

/// <summary>
/// The actions and statuses that Microsoft Graph v1.0 has so far (its enumerations provisioningAction and provisioningResult).
/// The logs can hold others.
/// </summary>
public static class LogTerms
{
    /// <summary>The actions.</summary>
    public static IReadOnlyList<string> Actions { get; } = ["create", "update", "disable", "delete", "stagedDelete", "other"];

    /// <summary>The statuses.</summary>
    public static IReadOnlyList<string> Statuses { get; } = ["success", "failure", "skipped", "warning"];

    /// <summary>Whether two terms are the same; the service's spelling has varied.</summary>
    public static bool Same(string? one, string? other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
