using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using InboundProvisioning.Records;
using InboundProvisioning.Sync.Changes;
using InboundProvisioning.Sync.Safeguards;

namespace InboundProvisioning.Sync;

/// <summary>
/// The id of a plan, which follows from what it would do and what stops that: the same changes and the same stops, about the same people,
/// are the same plan. An approval of one can then never be one of another, whose people have not been looked at.
/// </summary>
internal static class PlanId
{
    public static string Of(ChangeCollector collector, SourceFacts facts, IEnumerable<SafeguardStop> stops)
    {
        var rest = RecordFingerprint.Of(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{facts.Summary.Rows} {facts.Summary.RejectedRows}")));
        RecordFingerprint all = collector.Plan.With(rest);
        foreach (SafeguardStop stop in stops.Where(static stop => stop.CanBeApproved))
        {
            var name = RecordFingerprint.Of(Encoding.UTF8.GetBytes(stop.Name));
            all = stop.Concerns.Aggregate(all.With(name), (sum, item) => sum.With(new RecordFingerprint(item, name.High)));
        }

        return RecordFingerprint.Of(Encoding.UTF8.GetBytes(all.ToString())).ToString().Substring(0, 12).ToUpperInvariant();
    }
}
