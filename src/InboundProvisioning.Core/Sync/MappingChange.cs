using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using InboundProvisioning.Records;
using InboundProvisioning.State;
using InboundProvisioning.Sync.Changes;

namespace InboundProvisioning.Sync;

/// <summary>
/// Tells an edited mapping that changes most records from an accident: the mapping's text is another one than that of the records last
/// accepted, and attributes change for more people than a normal night.
/// </summary>
internal sealed class MappingChange
{
    private const string DigestName = "Mapping";
    private const string PendingName = "MappingPending";

    private readonly IProvisioningState _state;
    private readonly string _digest;
    private readonly HashSet<int> _places;

    private MappingChange(IProvisioningState state, string digest, MappingChangeHandling handling, HashSet<int> places, IReadOnlyList<string> attributes)
    {
        _state = state;
        _digest = digest;
        _places = places;
        Handling = handling;
        Attributes = attributes;
    }

    /// <summary>What becomes of those whom it alone changes.</summary>
    public MappingChangeHandling Handling { get; }

    /// <summary>The attributes that it changes; empty where there is nothing of the kind.</summary>
    public IReadOnlyList<string> Attributes { get; }

    /// <summary>Whom it alone changes.</summary>
    public HashSet<long> People { get; } = [];

    /// <summary>Whether an attribute is one of them.</summary>
    public bool Covers(int place) => _places.Contains(place);

    /// <summary>Looks at a run.</summary>
    /// <param name="state">The state.</param>
    /// <param name="settings">What was asked for.</param>
    /// <param name="attributes">The attributes that change.</param>
    /// <param name="usual">For how many people an attribute may change on a normal night.</param>
    public static MappingChange Of(IProvisioningState state, SyncSettings settings, AttributeBook attributes, long usual)
    {
        string digest = RecordFingerprint.Of(Encoding.UTF8.GetBytes(settings.MappingText)).ToString();
        string? known = state.Get(DigestName);
        MappingPending? pending = state.Get(PendingName) is string text ? JsonSerializer.Deserialize(text, SyncJson.Default.MappingPending) : null;
        bool isGoingOn = pending?.Digest == digest;
        var places = new HashSet<int>();
        if (known is not null && known != digest)
        {
            for (int place = 0; place < attributes.Counts.Count; place++)
            {
                AttributeCount count = attributes.Counts[place];

                // Once it is known what it changes, anything else is not its doing.
                if (isGoingOn ? pending!.Attributes.Contains(count.Attribute, StringComparer.OrdinalIgnoreCase) : count.Changed > usual)
                {
                    places.Add(place);
                }
            }
        }

        MappingChangeHandling handling = settings.MappingChange ?? (isGoingOn ? pending!.Handling : MappingChangeHandling.Stop);
        return new MappingChange(state, digest, handling, places, [.. places.Select(place => attributes.Counts[place].Attribute)]);
    }

    /// <summary>Finds whom it alone changes.</summary>
    public void FindPeople(IEnumerable<StoredChange> changes)
    {
        if (_places.Count == 0)
        {
            return;
        }

        foreach (StoredChange change in changes)
        {
            if (change.Kind == ChangeKind.Changed && ChangedAttributes.Decode(change.Attributes).All(attribute => _places.Contains(attribute.Place)))
            {
                People.Add(change.Key);
            }
        }
    }

    /// <summary>Keeps what the next run has to know.</summary>
    /// <param name="isDone">Whether nobody is left whom it alone changes.</param>
    public void Keep(bool isDone)
    {
        if (_places.Count == 0 || isDone)
        {
            _state.Set(DigestName, _digest);
            _state.Set(PendingName, null);
        }
        else
        {
            _state.Set(PendingName, JsonSerializer.Serialize(new MappingPending(_digest, Handling, Attributes), SyncJson.Default.MappingPending));
        }
    }
}
