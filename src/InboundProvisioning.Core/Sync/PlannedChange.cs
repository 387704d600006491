using System.Collections.Generic;
using InboundProvisioning.Records;
using InboundProvisioning.State;
using InboundProvisioning.Sync.Changes;

namespace InboundProvisioning.Sync;

/// <summary>What becomes of one person.</summary>
public sealed record PlannedChange
{
    /// <summary>The person.</summary>
    public required string ExternalId { get; init; }

    /// <summary>What kind of change it is.</summary>
    public required ChangeKind Kind { get; init; }

    /// <summary>The attributes that change; of a new person all.</summary>
    public required IReadOnlyList<AttributeChange> Attributes { get; init; }

    /// <summary>Why it is held back; null where it goes.</summary>
    public string? Held { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Kind} {ExternalId}";

    internal static IEnumerable<PlannedChange> Of(SyncPlan plan, IProvisioningState state)
    {
        var reader = new RecordReader(state.Shapes);
        foreach (StoredChange change in plan.Changes.Ranked())
        {
            UserRecord record = reader.Read(change.Data);
            StoredPerson? old = change.Kind == ChangeKind.New ? null : state.Find(change.Key);
            IReadOnlyList<AttributeChange> attributes = old is null ? AttributeChange.OfNew(record) : AttributeChange.Of(RecordDifference.Of(old, record, state.Content));
            yield return new PlannedChange
            {
                ExternalId = record.ExternalId!,
                Kind = change.Kind,
                Held = change.Held,
                Attributes = attributes,
            };
        }
    }
}
