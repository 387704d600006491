using System;
using System.Collections.Generic;
using System.Linq;
using InboundProvisioning.Outcomes;

namespace InboundProvisioning.Reports;

/// <summary>Failures by error code, with what is documented of each code.</summary>
internal static class FailureGroups
{
    /// <summary>The name of failures without a code.</summary>
    public const string WithoutCode = "(no error code)";

    /// <summary>The groups, the largest first.</summary>
    /// <param name="failures">Who failed.</param>
    /// <param name="detail">How much of people is told.</param>
    public static IReadOnlyList<ReportGroup> Of(ReportRows failures, ReportDetail detail) =>
        [.. failures.Groups().Select(group => Advised(group, detail))];

    private static ReportGroup Advised(ReportGroup group, ReportDetail detail)
    {
        OutcomeError? known = OutcomeError.Known.FirstOrDefault(one => string.Equals(one.Code, group.Name, StringComparison.OrdinalIgnoreCase));
        return RunReport.Told(group, detail) with
        {
            Cause = known?.Cause ?? "This code is not documented. The provisioning logs have the words of the service: Get-ProvisioningLog; a report with -ReportDetail Values has them too.",
            Remedy = known?.Remedy,
            MayMendItself = known?.MayMend,
        };
    }
}
