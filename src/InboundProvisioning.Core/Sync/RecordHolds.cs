using System;
using System.Collections.Generic;
using System.Linq;
using InboundProvisioning.Records;
using InboundProvisioning.State;
using InboundProvisioning.Sync.Changes;

namespace InboundProvisioning.Sync;

/// <summary>Holds single records back that could do harm, names them, and lets the others go on.</summary>
internal sealed class RecordHolds
{
    private const int HeldToName = 20;
    private const int FewToCompare = 1000;

    private readonly IProvisioningState _state;
    private readonly ChangeCollector _collector;
    private readonly ChangeStore _changes;
    private readonly ISyncObserver _observer;

    public RecordHolds(IProvisioningState state, ChangeCollector collector, ChangeStore changes, ISyncObserver observer)
    {
        _state = state;
        _collector = collector;
        _changes = changes;
        _observer = observer;
    }

    /// <summary>Holds back what is to be.</summary>
    /// <param name="facts">What is known of the source.</param>
    /// <param name="missing">Who is missing.</param>
    /// <param name="now">The time.</param>
    /// <param name="maximumAttempts">How often one and the same record is sent.</param>
    public void Hold(SourceFacts facts, MissingPeople missing, DateTimeOffset now, int maximumAttempts)
    {
        HoldKeyForms(missing);
        HoldUserNames();
        HoldMisread();
        HoldLast(facts);
        HoldRefused(now, maximumAttempts);
    }

    // Many of them stop the run: SafeguardReview.
    private void HoldKeyForms(MissingPeople missing)
    {
        if (missing.New.Count is 0 or > FewToCompare || _collector.NewPeople.Count is 0 or > FewToCompare)
        {
            return;
        }

        Dictionary<string, string> forms = [];
        foreach (long key in missing.New)
        {
            string id = _state.Find(key)!.ExternalId;
            forms[KeyForm.Of(id)] = id;
        }

        var reader = new RecordReader(_state.Shapes);
        HashSet<long> people = [];
        HashSet<long> added = [.. _collector.NewPeople.Select(static person => person.Key)];
        foreach (StoredChange change in _changes.Of(added))
        {
            string id = reader.Read(change.Data).ExternalId!;
            if (forms.TryGetValue(KeyForm.Of(id), out string? before))
            {
                people.Add(change.Key);
                _observer.OnWarning($"'{id}' is held back: it is '{before}', who is missing, written another way, and would get a second account. The others go on.");
            }
        }

        _changes.Hold(people, "its externalId is that of a missing person in another form");
    }

    private void HoldUserNames()
    {
        Dictionary<long, long> conflicts = UserNameConflicts.Find(_collector.NewUserNames, _collector.People);
        if (conflicts.Count == 0)
        {
            return;
        }

        _changes.Hold(conflicts.Keys, "its userName is or was another person's");
        var reader = new RecordReader(_state.Shapes);
        KeyValuePair<long, long>[] named = [.. conflicts.OrderBy(static one => one.Key).Take(HeldToName)];
        HashSet<long> people = [.. named.Select(static one => one.Key), .. named.Select(static one => one.Value)];
        Dictionary<long, UserRecord> records = _changes.Of(people).GroupBy(static change => change.Key).ToDictionary(
            static group => group.Key, group => reader.Read(group.First().Data));
        foreach (KeyValuePair<long, long> conflict in named)
        {
            UserRecord held = records[conflict.Key];
            string other = records.TryGetValue(conflict.Value, out UserRecord? record) ? record.ExternalId! : _state.Find(conflict.Value)?.ExternalId ?? "somebody whose record is in doubt";
            _observer.OnWarning($"'{held.ExternalId}' is held back: its userName '{held.UserName}' is or was that of '{other}'. The others go on.");
        }

        if (conflicts.Count > named.Length)
        {
            _observer.OnWarning(FormattableString.Invariant($"{conflicts.Count - named.Length:N0} more people are held back for their userNames."));
        }
    }

    // More of them stop the run: SafeguardReview.
    private void HoldMisread()
    {
        if (_collector.Misread.Count is 0 or >= SafeguardReview.FewPeople)
        {
            return;
        }

        _changes.Hold(_collector.Misread, "a value of it was read in the wrong encoding");
        foreach (long key in _collector.Misread)
        {
            _observer.OnWarning(
                $"'{_state.Find(key)!.ExternalId}' is held back: a value is what the old one becomes when it is read in the wrong encoding. The others go on.");
        }
    }

    // Who is to become inactive is tried each time: a call is cheaper than an account that stays.
    private void HoldRefused(DateTimeOffset now, int maximumAttempts)
    {
        IReadOnlyDictionary<long, RecordFingerprint> waiting = _state.Outcomes.Waiting(now, maximumAttempts);
        if (waiting.Count > 0)
        {
            HashSet<long> people =
            [
                .. _changes.Of([.. waiting.Keys])
                    .Where(change => change.Kind is not (ChangeKind.Deactivated or ChangeKind.Missing) && RecordFingerprint.Of(change.Data) == waiting[change.Key])
                    .Select(static change => change.Key),
            ];
            _changes.Hold(people, "the service has refused this very record");
        }
    }

    // Of a file that never ends with a line break only the last row can be cut unseen: what it changes waits until it comes again.
    private void HoldLast(SourceFacts facts)
    {
        if (facts.EndsWithLineBreak != false
            || _state.Get(SyncSession.LastRecordName) == _collector.LastRecord.ToString()
            || !_changes.Entries.Any(change => change.Key == _collector.LastKey && change.Kind is not (ChangeKind.New or ChangeKind.Again or ChangeKind.Same)))
        {
            return;
        }

        _changes.Hold([_collector.LastKey], "it is the last row of a file without a line break at its end, and could be cut");
        _observer.OnWarning(
            $"'{_state.Find(_collector.LastKey)!.ExternalId}' is held back: it is the last row of a file without a line break at its end, and could be cut. It goes when it comes again.");
    }
}
