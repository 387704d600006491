namespace InboundProvisioning.Reports;

/// <summary>What became of people, for one action of the service.</summary>
/// <param name="Action">Such as create; or what is known in place of it.</param>
/// <param name="Succeeded">Done.</param>
/// <param name="Open">Not known yet.</param>
/// <param name="Skipped">Left as they are by the service.</param>
/// <param name="Failed">Not done.</param>
public sealed record ReportOutcome(string Action, long Succeeded, long Open, long Skipped, long Failed)
{
    /// <summary>All of them.</summary>
    public long Total => Succeeded + Open + Skipped + Failed;
}
