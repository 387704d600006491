using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using InboundProvisioning.Checks;
using InboundProvisioning.Records;
using InboundProvisioning.Scim;
using InboundProvisioning.State;
using InboundProvisioning.Sync.Changes;

namespace InboundProvisioning.Sync;

/// <summary>
/// Checks what a run is about to send, and holds back what the service would refuse. Only records that are new or change are looked at, so a night
/// without changes costs nothing.
/// </summary>
/// <remarks>
/// A record is held back only where holding is right whatever is unknown. So it goes all the same
/// <list type="bullet">
/// <item>where it says that the person is not active: a call is cheaper than an account that stays, and the initial run knows nobody;</item>
/// <item>where the value at fault is one that the service has had before;</item>
/// <item>where the fault rests on mappings that are assumed, because those of the job could not be read;</item>
/// <item>where it matters only if the account is not there yet, which the service alone knows.</item>
/// </list>
/// </remarks>
internal sealed class RecordChecks
{
    private const int MostNamed = 20;
    private const int MostInCircle = 1000;
    private const string ManagerAttribute = ScimSchemas.EnterpriseUserUrn + ":manager";

    private readonly IProvisioningState _state;
    private readonly ChangeCollector _collector;
    private readonly ChangeStore _changes;
    private readonly ISyncObserver _observer;
    private readonly CheckOptions _options;
    private readonly UserChecker _checker;
    private readonly RecordFindings _findings = new();
    private readonly Dictionary<(CheckRule Rule, string Attribute), List<long>> _held = [];
    private readonly Dictionary<long, long> _managers = [];
    private HashSet<long>? _newPeople;
    private long _heldPeople;
    private long _disabling;

    public RecordChecks(IProvisioningState state, ChangeCollector collector, ChangeStore changes, ISyncObserver observer, CheckOptions options)
    {
        _state = state;
        _collector = collector;
        _changes = changes;
        _observer = observer;
        _options = options;
        _checker = new UserChecker(options);
    }

    /// <summary>Checks the changes, and holds back those that are to be.</summary>
    public RecordFindings Run()
    {
        foreach (StoredChange change in _changes.All())
        {
            // Who is disabled as missing has the record that was accepted before, and what is held needs no second reason.
            if (change.Held is null && change.Kind is not (ChangeKind.Missing or ChangeKind.Same))
            {
                Check(change);
            }
        }

        FindCircles();
        foreach (KeyValuePair<(CheckRule Rule, string Attribute), List<long>> held in _held)
        {
            _changes.Hold(held.Value, $"the service would refuse it: {UserFinding.ShortName(held.Key.Attribute)} {held.Key.Rule.Words} ({held.Key.Rule.Name})");
        }

        if (_heldPeople > MostNamed)
        {
            _observer.OnWarning(FormattableString.Invariant($"{_heldPeople - MostNamed:N0} more people are held back, since the service would refuse their records."));
        }

        if (_disabling > MostNamed)
        {
            _observer.OnWarning(FormattableString.Invariant(
                $"{_disabling - MostNamed:N0} more people who are not active have findings for which the service may refuse their records. They go all the same."));
        }

        foreach (RunFinding group in _findings.Groups())
        {
            _observer.OnDetail(FormattableString.Invariant(
                $"The check found of {group.Records:N0} records: {UserFinding.ShortName(group.Attribute)} ({group.RuleName}), such as '{string.Join("', '", group.ExternalIds.Take(3))}'. They are sent."));
        }

        return _findings;
    }

    private void Check(in StoredChange change)
    {
        CheckedUser user = _checker.Check(change.Data);
        HashSet<string>? changed = null;
        bool isHeld = false;
        foreach (UserFinding finding in user.Findings)
        {
            if (change.Kind != ChangeKind.New && !IsChanged(change, finding.Attribute, ref changed))
            {
                // It was so before, and was told then.
                continue;
            }

            bool wouldHold = finding.Severity == FindingSeverity.Error
                && finding.Scope != FindingScope.Creation
                && (finding.Scope != FindingScope.Mapping || _options.Mappings.IsKnown);
            bool holds = wouldHold && user.Active != false;
            PayloadFinding told = finding.ToFinding(user.ExternalIdText) with { Severity = holds ? FindingSeverity.Error : FindingSeverity.Warning };
            _findings.Add(told, holds);
            if (holds)
            {
                Hold(change.Key, finding, told, isFirst: !isHeld);
                isHeld = true;
            }
            else if (wouldHold && _disabling++ < MostNamed)
            {
                _observer.OnWarning(
                    $"'{told.ExternalId}' is not active, and goes although {told.Message.TrimEnd('.')}: the service may refuse the record. See in the provisioning logs whether the account is disabled.");
            }
        }

        LookAtManager(change, user, ref changed);
    }

    private void Hold(long key, UserFinding finding, PayloadFinding told, bool isFirst)
    {
        if (!_held.TryGetValue((finding.Rule, finding.Attribute), out List<long>? people))
        {
            _held.Add((finding.Rule, finding.Attribute), people = []);
        }

        people.Add(key);
        if (isFirst && ++_heldPeople <= MostNamed)
        {
            _observer.OnWarning($"'{told.ExternalId}' is held back, since the service would refuse it: {told.Message} ({told.RuleName}) {told.Remedy} The others go on.");
        }
    }

    private void LookAtManager(in StoredChange change, CheckedUser user, ref HashSet<string>? changed)
    {
        if (user.Manager.IsEmpty || user.Active == false || (change.Kind != ChangeKind.New && !IsChanged(change, ManagerAttribute, ref changed) && !IsChanged(change, ManagerAttribute + ".value", ref changed)))
        {
            return;
        }

        string manager = Encoding.UTF8.GetString(user.Manager.ToArray());
        long key = PersonKey.Of(manager);
        if (key == change.Key)
        {
            Tell(CheckRules.ManagerIsSelf, user.ExternalIdText, string.Empty);
        }
        else if (IsKnown(key))
        {
            _managers[change.Key] = key;
        }
        else
        {
            Tell(CheckRules.ManagerUnknown, user.ExternalIdText, $": '{manager}'");
        }
    }

    private bool IsKnown(long key)
    {
        if (_collector.People.Find(key) >= 0)
        {
            return true;
        }

        _newPeople ??= [.. _collector.NewPeople.Select(static person => person.Key)];
        return _newPeople.Contains(key);
    }

    // A circle that a changed manager closes; one that was there before was told before.
    private void FindCircles()
    {
        if (!_checker.Applies(CheckRules.ManagerCircle))
        {
            return;
        }

        var seen = new HashSet<long>();
        var chain = new HashSet<long>();
        foreach (long start in _managers.Keys.ToArray())
        {
            chain.Clear();
            long person = start;
            while (person != 0 && !seen.Contains(person) && chain.Count < MostInCircle && chain.Add(person))
            {
                person = ManagerOf(person);
            }

            if (person != 0 && chain.Contains(person) && !seen.Contains(person))
            {
                TellCircle(person);
            }

            seen.UnionWith(chain);
        }
    }

    private void TellCircle(long first)
    {
        List<long> circle = [first];
        for (long next = ManagerOf(first); next != first; next = ManagerOf(next))
        {
            circle.Add(next);
        }

        string[] people = [.. circle.Take(MostNamed).Select(NameOf)];
        Tell(CheckRules.ManagerCircle, people[0], ": " + PayloadCheck.Shown(people));
    }

    private long ManagerOf(long person)
    {
        if (!_managers.TryGetValue(person, out long manager))
        {
            manager = _state.Content == StateContent.Record && _state.Find(person) is { } known
                && new UserRecord(known.Shape, known.Content, known.Fingerprint).Manager is { Length: > 0 } text
                    ? PersonKey.Of(text)
                    : 0;
            _managers.Add(person, manager);
        }

        return manager;
    }

    private string NameOf(long person) => _state.Find(person)?.ExternalId
        ?? new RecordReader(_state.Shapes).Read(_changes.Of([person]).First().Data).ExternalId!;

    private void Tell(CheckRule rule, string? externalId, string detail)
    {
        if (_checker.Applies(rule))
        {
            _findings.Add(PayloadCheck.OfManager(rule, detail).ToFinding(externalId), holds: false);
        }
    }

    // By its name alone: which of several values of an attribute it is, is written differently in places.
    private bool IsChanged(in StoredChange change, string attribute, ref HashSet<string>? changed)
    {
        changed ??= new HashSet<string>(
            ChangedAttributes.Decode(change.Attributes).Select(one => WithoutFilter(_collector.Attributes.Counts[one.Place].Attribute)), StringComparer.OrdinalIgnoreCase);
        return changed.Contains(WithoutFilter(attribute)) || changed.Contains(ChangeCollector.UnknownAttribute);
    }

    private static string WithoutFilter(string attribute)
    {
        int start = attribute.IndexOf('[');
        int end = start < 0 ? -1 : attribute.IndexOf(']', start);
        return end < 0 ? attribute : attribute.Remove(start, end - start + 1);
    }
}
