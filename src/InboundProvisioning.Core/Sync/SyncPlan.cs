using System.Collections.Generic;
using System.Linq;
using InboundProvisioning.Records;
using InboundProvisioning.State;
using InboundProvisioning.Sync.Changes;
using InboundProvisioning.Sync.Safeguards;

namespace InboundProvisioning.Sync;

/// <summary>What a run would do, weighed against its safeguards.</summary>
internal sealed record SyncPlan
{
    public required string Id { get; init; }

    public required ChangeCollector Collector { get; init; }

    public required ChangeStore Changes { get; init; }

    public required MissingPeople Missing { get; init; }

    public required MappingChange Mapping { get; init; }

    public required SourceFacts Facts { get; init; }

    /// <summary>What the check of the records found.</summary>
    public required RecordFindings Findings { get; init; }

    /// <summary>What was found, approved or not.</summary>
    public required IReadOnlyList<SafeguardStop> Found { get; init; }

    /// <summary>What each limit was held against.</summary>
    public required IReadOnlyList<SafeguardMeasure> Measures { get; init; }

    /// <summary>What stops it.</summary>
    public required IReadOnlyList<SafeguardStop> Stops { get; init; }

    /// <summary>The approvals that let something pass.</summary>
    public required IReadOnlyCollection<string> Approvals { get; init; }

    /// <summary>Records that go.</summary>
    public long ToSend { get; init; }

    /// <summary>Records that are held back.</summary>
    public long Held { get; init; }

    /// <summary>Records that wait for another change of their person.</summary>
    public long Waiting { get; init; }

    /// <summary>Whether nothing goes.</summary>
    public required bool IsStopped { get; init; }

    /// <summary>Who is held back, with the reason; those who wait for another change are not.</summary>
    public IEnumerable<(long Key, string ExternalId, string Reason)> HeldRecords(IProvisioningState state)
    {
        HashSet<long> keys = [.. Changes.Entries.Where(static change => IsHeld(change.Kind, change.Held)).Select(static change => change.Key)];
        var reader = new RecordReader(state.Shapes);
        return keys.Count == 0
            ? []
            : Changes.Of(keys).Where(static change => IsHeld(change.Kind, change.Held)).Select(change => (change.Key, reader.Read(change.Data).ExternalId!, change.Held!));
    }

    private static bool IsHeld(ChangeKind kind, string? reason) => kind != ChangeKind.Same && reason is not (null or PlanCount.WaitingReason);
}
