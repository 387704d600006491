using System;
using System.Collections.Generic;
using System.Globalization;

namespace InboundProvisioning.Logs;

/// <summary>
/// What is asked of the logs in one go. Only the operators of the documentation, joined with <c>and</c>: eq, gt and lt; no ne, no
/// or. https://learn.microsoft.com/graph/api/provisioningobjectsummary-list
/// </summary>
/// <param name="JobId">The job.</param>
internal sealed record LogQuery(string JobId)
{
    public string? CycleId { get; init; }

    public string? SourceId { get; init; }

    public string? Status { get; init; }

    public string? Action { get; init; }

    /// <summary>The earliest time that is wanted.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The latest time that is wanted.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The time that all wanted events are before.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>The path below the version. Paging needs $top.</summary>
    public string Path(int pageSize, bool oldestFirst = false) =>
        "auditLogs/provisioning?$filter=" + Uri.EscapeDataString(Filter())
            + "&$orderby=" + Uri.EscapeDataString(oldestFirst ? "activityDateTime asc" : "activityDateTime desc")
            + "&$top=" + pageSize.ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// The bounds to the tick. For <see cref="Since"/> and <see cref="Until"/> the service is asked for up to two seconds more, because
    /// gt and lt leave out the bound itself.
    /// </summary>
    public bool IsWithin(DateTimeOffset? time) => !(time < Since) && !(time > Until) && !(time >= Before);

    private static string Literal(string text) => "'" + text.Replace("'", "''") + "'";

    private static string Literal(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    private static DateTimeOffset WholeSecond(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond));

    private string Filter()
    {
        var terms = new List<string> { "jobId eq " + Literal(JobId) };
        Add("cycleId", CycleId);
        Add("sourceIdentity/id", SourceId);
        Add("provisioningStatusInfo/status", Status);
        Add("provisioningAction", Action);
        if (Since is DateTimeOffset since && since > DateTimeOffset.MinValue.AddDays(1))
        {
            terms.Add("activityDateTime gt " + Literal(WholeSecond(since).AddSeconds(-1)));
        }

        if (Until is DateTimeOffset until && until < DateTimeOffset.MaxValue.AddDays(-1))
        {
            terms.Add("activityDateTime lt " + Literal(WholeSecond(until).AddSeconds(2)));
        }

        if (Before is DateTimeOffset before)
        {
            terms.Add("activityDateTime lt " + Literal(before));
        }

        return string.Join(" and ", terms);

        void Add(string property, string? value)
        {
            if (value is not null)
            {
                terms.Add(property + " eq " + Literal(value));
            }
        }
    }
}
