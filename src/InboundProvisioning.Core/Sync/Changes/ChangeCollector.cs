using System;
using System.Collections.Generic;
using System.Linq;
using InboundProvisioning.Conversion;
using InboundProvisioning.Records;
using InboundProvisioning.Scim;
using InboundProvisioning.State;

namespace InboundProvisioning.Sync.Changes;

/// <summary>
/// Takes the records of a source and says of each whether it is new, changed or as it was. Most are as they were, which costs no look
/// into the state.
/// </summary>
internal sealed class ChangeCollector : IRecordSink
{
    /// <summary>Stands for an attribute of which only is known that it changes.</summary>
    public const string UnknownAttribute = "(one attribute)";

    private readonly IProvisioningState _state;
    private readonly ChangeStore _changes;
    private readonly RecordReader _reader;
    private readonly HashSet<long> _rejected = [];
    private readonly HashSet<long> _due;
    private readonly long[] _kinds = new long[(int)ChangeKind.Same + 1];

    /// <param name="state">What is known.</param>
    /// <param name="people">The people of the state.</param>
    /// <param name="changes">Where changes go.</param>
    /// <param name="due">Whose record goes again, also when it is as it was.</param>
    public ChangeCollector(IProvisioningState state, PersonTable people, ChangeStore changes, HashSet<long> due)
    {
        _due = due;
        _state = state;
        People = people;
        _changes = changes;
        _reader = new RecordReader(state.Shapes);
    }

    /// <summary>The people of the state.</summary>
    public PersonTable People { get; }

    /// <summary>Records so far.</summary>
    public long Records { get; private set; }

    /// <summary>Of all records, in any order.</summary>
    public RecordFingerprint Source { get; private set; }

    /// <summary>Of the last record.</summary>
    public RecordFingerprint LastRecord { get; private set; }

    /// <summary>Whose the last record is.</summary>
    public long LastKey { get; private set; }

    /// <summary>Of all changes, in any order.</summary>
    public RecordFingerprint Plan { get; private set; }

    /// <summary>People whose record is as it was.</summary>
    public long Unchanged { get; private set; }

    /// <summary>The attributes that change for people who are known.</summary>
    public AttributeBook Attributes { get; } = new();

    /// <summary>People of whom a value is what the old one becomes when it is read in the wrong encoding.</summary>
    public List<long> Misread { get; } = [];

    /// <summary>People of whom it is the other way round.</summary>
    public List<long> Mended { get; } = [];

    /// <summary>Rejected rows of which it is not known whose they are.</summary>
    public long UnknownRejected { get; private set; }

    /// <summary>New people with their managers, 0 for none.</summary>
    public List<(long Key, long Manager)> NewPeople { get; } = [];

    /// <summary>The userNames of people who are new or get another one.</summary>
    public List<(long UserName, long Key)> NewUserNames { get; } = [];

    /// <summary>How many people change in one of some ways.</summary>
    public long CountOf(params ChangeKind[] kinds) => kinds.Sum(kind => _kinds[(int)kind]);

    /// <summary>Whether a person has a record in the source that is not rejected.</summary>
    public bool HasRecord(string externalId)
    {
        long key = PersonKey.Of(externalId);
        int place = People.Find(key);
        return !_rejected.Contains(key) && (place >= 0 ? People.IsSeen(place) : NewPeople.Exists(person => person.Key == key));
    }

    public void OnRecord(ReadOnlySpan<byte> operation)
    {
        OperationBytes.Split(operation, out ReadOnlySpan<byte> bulkId, out ReadOnlySpan<byte> data);
        try
        {
            Add(PersonKey.OfToken(bulkId), data);
        }
        catch (InboundProvisioningException fault)
        {
            throw new RecordSinkException(fault);
        }
    }

    public void OnRejected(ReadOnlySpan<byte> externalId)
    {
        if (externalId.IsEmpty)
        {
            UnknownRejected++;
            return;
        }

        SeeRejected(PersonKey.OfToken(externalId));
    }

    public void OnRejectedPerson(string externalId) => SeeRejected(PersonKey.Of(externalId));

    /// <summary>Adds the record of a person.</summary>
    /// <param name="key">The person.</param>
    /// <param name="data">The SCIM user.</param>
    public void Add(long key, ReadOnlySpan<byte> data)
    {
        Records++;
        var fingerprint = RecordFingerprint.Of(data);
        Source = Source.With(fingerprint);
        (LastKey, LastRecord) = (key, fingerprint);
        int place = People.Find(key);
        if (place >= 0)
        {
            People.See(place);
            if (People.Record(place) == fingerprint)
            {
                Unchanged++;
                if (_due.Count > 0 && _due.Contains(key))
                {
                    AddAgain(key, data.ToArray());
                }

                return;
            }
        }

        UserRecord record = _reader.Read(data);
        if (place < 0)
        {
            AddNew(key, record, data);
        }
        else
        {
            AddKnown(key, place, record, data);
        }
    }

    /// <summary>Adds a person who is to be disabled because the source has no record any more.</summary>
    public void AddMissing(long key, StoredPerson person)
    {
        var record = new UserRecord(person.Shape, person.Content, person.Fingerprint);
        byte[] data = record.ToInactiveJson();
        Keep(key, ChangeKind.Missing, data, [new AttributeDifference("active", record.Tokens[person.Shape.Active], "false"u8.ToArray(), 1, 1)], held: null);
    }

    /// <summary>Adds those whose record goes again although the source has none any more: it says that they are not active.</summary>
    public void AddDisabledAgain()
    {
        foreach (long key in _due)
        {
            int place = People.Find(key);
            if (place >= 0 && !People.IsSeen(place) && !People.IsActive(place) && _state.Find(key) is { } person)
            {
                AddAgain(key, new UserRecord(person.Shape, person.Content, person.Fingerprint).ToInactiveJson());
            }
        }
    }

    // No change: it counts for no limit, and a plan is the same with it.
    private void AddAgain(long key, byte[] data)
    {
        _kinds[(int)ChangeKind.Again]++;
        _changes.Add(new StoredChange(key, ChangeKind.Again, ChangedAttributes.Encode([]), data, null));
    }

    private void SeeRejected(long key)
    {
        _rejected.Add(key);
        int place = People.Find(key);
        if (place >= 0)
        {
            People.See(place);
        }
    }

    private void AddNew(long key, UserRecord record, ReadOnlySpan<byte> data)
    {
        NewPeople.Add((key, record.Manager is string manager ? PersonKey.Of(manager) : 0));
        NoteUserName(key, record);
        Keep(key, ChangeKind.New, data.ToArray(), [], WhyHeld(record));
    }

    private void AddKnown(long key, int place, UserRecord record, ReadOnlySpan<byte> data)
    {
        if (_state.Find(key) is not { } old)
        {
            // New, and in doubt: a plan takes such a person as accepted, and the state does not have the record yet.
            AddNew(key, record, data);
            return;
        }

        if (!string.Equals(old.ExternalId, record.ExternalId, StringComparison.OrdinalIgnoreCase))
        {
            Keep(key, ChangeKind.Changed, data.ToArray(), [], $"its externalId has the same key as '{old.ExternalId}'");
            return;
        }

        List<AttributeDifference> differences = RecordDifference.Of(old, record, _state.Content);
        if (differences.Count == 0 && old.Shape == record.Shape && _state.Content == StateContent.Fingerprint)
        {
            // Two values of one digest: the record as a whole tells.
            differences.Add(new AttributeDifference(UnknownAttribute, null, null, 1, 1));
        }

        bool wasActive = People.IsActive(place);
        ChangeKind kind = differences.Count == 0 ? ChangeKind.Same
            : wasActive && record.Active == false ? ChangeKind.Deactivated
            : !wasActive && record.Active == true ? ChangeKind.Reactivated
            : ChangeKind.Changed;
        if (UserRecord.DigestOf(record.UserName) != People.UserName(place))
        {
            NoteUserName(key, record);
        }

        Keep(key, kind, data.ToArray(), differences, WhyHeld(record));
    }

    private void NoteUserName(long key, UserRecord record)
    {
        long digest = UserRecord.DigestOf(record.UserName);
        if (digest != 0)
        {
            NewUserNames.Add((digest, key));
        }
    }

    private static string? WhyHeld(UserRecord record) => record.Active is null ? "it does not say whether the person is active" : null;

    private void Keep(long key, ChangeKind kind, byte[] data, List<AttributeDifference> differences, string? held)
    {
        var attributes = new List<ChangedAttribute>(differences.Count);
        bool isMisread = false;
        bool isMended = false;
        foreach (AttributeDifference difference in differences)
        {
            int place = Attributes.PlaceOf(difference.Attribute);
            AttributeCount count = Attributes.Counts[place];
            count.Changed++;
            count.Cleared += difference.IsCleared ? 1 : 0;
            count.Filled += difference.OldDigest == 0 ? 1 : 0;
            isMisread |= EncodingAccident.Is(difference.Old, difference.New);
            isMended |= EncodingAccident.IsMended(difference.Old, difference.New);
            attributes.Add(new ChangedAttribute(place, difference.IsCleared, difference.NewDigest));
        }

        if (isMisread)
        {
            Misread.Add(key);
        }
        else if (isMended)
        {
            Mended.Add(key);
        }

        if (kind != ChangeKind.Same)
        {
            Plan = Plan.With(new RecordFingerprint(key, (long)kind)).With(RecordFingerprint.Of(data));
        }
        else
        {
            Unchanged++;
        }

        _kinds[(int)kind]++;
        _changes.Add(new StoredChange(key, kind, ChangedAttributes.Encode(attributes), data, held));
    }
}
