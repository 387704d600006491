using System;
using System.Text;
using InboundProvisioning.Records;
using InboundProvisioning.Sync.Changes;

namespace InboundProvisioning.Sync;

/// <summary>The id of a plan, which follows from what it would do: the same changes are the same plan.</summary>
internal static class PlanId
{
    public static string Of(ChangeCollector collector, SourceFacts facts)
    {
        var rest = RecordFingerprint.Of(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{facts.Summary.Rows} {facts.Summary.RejectedRows}")));
        RecordFingerprint all = collector.Plan.With(rest);
        return RecordFingerprint.Of(Encoding.UTF8.GetBytes(all.ToString())).ToString().Substring(0, 12).ToUpperInvariant();
    }
}
