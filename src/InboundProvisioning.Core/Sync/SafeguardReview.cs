using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using InboundProvisioning.Records;
using InboundProvisioning.State;
using InboundProvisioning.Sync.Changes;
using InboundProvisioning.Sync.Safeguards;

namespace InboundProvisioning.Sync;

/// <summary>Holds what a run would send against the limits, and the source against what a source must be.</summary>
internal sealed class SafeguardReview
{
    /// <summary>So many alike are no chance any more.</summary>
    public const int FewPeople = 3;

    private const int MostIds = 10;
    private const int MostAttributes = 5;
    private const int RunsToCompare = 30;

    private readonly SyncSettings _settings;
    private readonly IProvisioningState _state;
    private readonly ChangeCollector _collector;
    private readonly ChangeStore _changes;
    private readonly MissingPeople _missing;
    private readonly MappingChange _mapping;
    private readonly SourceFacts _facts;
    private readonly IReadOnlyList<RunRecord> _runs;
    private readonly long _base;
    private readonly List<SafeguardStop> _stops = [];
    private readonly List<SafeguardMeasure> _measures = [];

    public SafeguardReview(
        SyncSettings settings,
        IProvisioningState state,
        ChangeCollector collector,
        ChangeStore changes,
        MissingPeople missing,
        MappingChange mapping,
        SourceFacts facts)
    {
        _settings = settings;
        _state = state;
        _collector = collector;
        _changes = changes;
        _missing = missing;
        _mapping = mapping;
        _facts = facts;
        _runs = state.Runs(RunsToCompare);
        _base = collector.People.Count;
    }

    /// <summary>What each limit was held against, passed or not; of those of attributes the attribute with most people.</summary>
    public IReadOnlyList<SafeguardMeasure> Measures => _measures;

    private bool WatchesMissing => _settings.MissingRecord != MissingRecordHandling.Ignore;

    /// <summary>What stops the run; empty where nothing does.</summary>
    /// <param name="isInitial">Whether the people of the source are all new by intention.</param>
    public IReadOnlyList<SafeguardStop> Run(bool isInitial)
    {
        ReviewSource();
        if (_stops.Count > 0)
        {
            // What such a source would change means nothing.
            return _stops;
        }

        Reject();
        if (_base > 0)
        {
            ReviewChanges(isInitial);
        }

        return _stops;
    }

    private void ReviewSource()
    {
        if (_facts.Fault is { } fault)
        {
            Fault(fault.ErrorId, fault.Message, fault.ErrorId == "ColumnNotFound" ? "Mend the source, or name the new column in the mapping, and run again." : "Mend the source and run again.");
            return;
        }

        if (!_facts.MapsActive)
        {
            Fault("ActiveNotMapped", "The mapping gives no active: an update without it can disable the account.", "Map active.");
        }

        if (_collector.Records == 0 && _facts.Plan is null)
        {
            Fault("SourceEmpty", _facts.Summary.Rows == 0 ? "The source has no row." : Text("None of the {0:N0} rows of the source can be used.", _facts.Summary.Rows), "Look why the export is empty.");
        }

        ReviewAge();
        if (_facts.EndsWithLineBreak == false && (_state.Get(SyncSession.LineBreakName) == bool.TrueString || _facts.Summary.RejectedRows > 0))
        {
            Fault("SourceCut", "The source breaks off without the line break that its last line used to have: it was not written to its end.", "Export it again.");
        }

        string[] absent = [.. _settings.RequiredRecords.Where(id => !_collector.HasRecord(id))];
        if (absent.Length > 0)
        {
            Fault("RequiredRecordMissing", $"The source lacks {Ids(absent)}, who {(absent.Length == 1 ? "is" : "are")} in it always (-RequiredRecord).", "Look whether the export is complete.", absent);
        }
    }

    private void ReviewAge()
    {
        if (_facts.WrittenOn is not DateTimeOffset written)
        {
            return;
        }

        TimeSpan age = _settings.Time.GetUtcNow() - written;
        if (_settings.MaximumFileAge is TimeSpan most && age > most)
        {
            Fault("SourceTooOld", Text("The source was written at {0:u}, {1:0.#} hours ago; -MaximumFileAge allows {2:0.#}.", written.UtcDateTime, age.TotalHours, most.TotalHours), "Look whether the export has run.");
        }
        else if (_runs.FirstOrDefault(static run => run.SourceWrittenOn is not null) is { } last
            && written < Whole(last.SourceWrittenOn!.Value)
            && last.Source != _collector.Source.ToString())
        {
            Fault("SourceTooOld", Text("The source was written at {0:u}, before the one that was sent last ({1:u}): it is an older one.", written.UtcDateTime, last.SourceWrittenOn.Value.UtcDateTime), "Look whether the export has run. If it is the right file with an old time, save it anew.");
        }
    }

    private void ReviewChanges(bool isInitial)
    {
        long deactivated = _collector.CountOf(ChangeKind.Deactivated);
        Limit(SafeguardRule.Disable, deactivated + _missing.Due.Count, [ChangeKind.Deactivated, ChangeKind.Missing], KeysOf(ChangeKind.Deactivated, ChangeKind.Missing));
        if (WatchesMissing)
        {
            Limit(SafeguardRule.Missing, _missing.New.Count, [ChangeKind.Missing], () => _missing.New);
            Half(deactivated);
            Shrink();
        }

        if (!isInitial)
        {
            Limit(SafeguardRule.Create, _collector.CountOf(ChangeKind.New), [ChangeKind.New], KeysOf(ChangeKind.New));
        }

        ReviewAttributes();
        Mapping();
        KeyFormChanged();
        if (_facts.Plan is null)
        {
            SourceRepeated();
        }

        EncodingChanged();
    }

    private void ReviewAttributes()
    {
        foreach (SafeguardRule rule in new[] { SafeguardRule.Clear, SafeguardRule.AttributeChange, SafeguardRule.UserNameChange })
        {
            Measure(rule, 0, _base);
        }

        for (int place = 0; place < _collector.Attributes.Counts.Count; place++)
        {
            AttributeCount count = _collector.Attributes.Counts[place];
            if (string.Equals(count.Attribute, "userName", StringComparison.OrdinalIgnoreCase))
            {
                Attribute(SafeguardRule.UserNameChange, count.Changed, place, name: string.Empty, cleared: false);
                OtherPeople(count.Changed);
            }
            else if (!count.HasOwnLimit && !_mapping.Covers(place))
            {
                Attribute(SafeguardRule.Clear, count.Cleared, place, ":" + count.Attribute, cleared: true);
                Attribute(SafeguardRule.AttributeChange, count.Changed, place, ":" + count.Attribute, cleared: false);
            }
        }
    }

    // The numbers of another company: below the limit where there are few people.
    private void OtherPeople(long changed)
    {
        if (changed < FewPeople || changed * 2 < _base)
        {
            return;
        }

        Add(new SafeguardStop
        {
            Name = "OtherPeople",
            ErrorId = "OtherPeople",
            Reason = Text("{0:N0} of {1:N0} known people would get another userName: the source may be about other people.", changed, _base),
            Count = changed,
            Base = _base,
            Attributes = TopAttributes(),
            Remedy = "Look whether it is the right file.",
            ExternalIds = IdsOf(KeysOf(ChangeKind.Changed, ChangeKind.Deactivated, ChangeKind.Reactivated)()),
            Concerns = [.. KeysOf(ChangeKind.Changed, ChangeKind.Deactivated, ChangeKind.Reactivated)()],
        });
    }

    private void Attribute(SafeguardRule rule, long count, int place, string name, bool cleared)
    {
        Measure(rule, count, _base, _collector.Attributes.Counts[place].Attribute);
        if (Allowed(rule) is not long allowed || count <= allowed)
        {
            return;
        }

        var people = new HashSet<long>();
        var concerns = new HashSet<long>();
        foreach (StoredChange change in _changes.All())
        {
            foreach (ChangedAttribute attribute in ChangedAttributes.Decode(change.Attributes))
            {
                if (attribute.Place == place && (attribute.IsCleared || !cleared))
                {
                    people.Add(change.Key);
                    concerns.Add(unchecked((change.Key * 31) + (cleared ? 0 : attribute.Digest)));
                }
            }
        }

        string subject = string.Format(CultureInfo.InvariantCulture, rule.Subject, _collector.Attributes.Counts[place].Attribute);
        Add(Passed(rule, name, subject, count, allowed) with
        {
            ExternalIds = IdsOf(people),
            Concerns = concerns,
            People = people,
        });
    }

    private void Limit(SafeguardRule rule, long count, ChangeKind[] kinds, Func<IEnumerable<long>> keys)
    {
        Measure(rule, count, _base);
        if (Allowed(rule) is long allowed && count > allowed)
        {
            HashSet<long> concerned = [.. keys()];
            Add(Passed(rule, string.Empty, rule.Subject, count, allowed) with { ExternalIds = IdsOf(concerned), Concerns = concerned, Kinds = kinds });
        }
    }

    private void Reject()
    {
        SafeguardRule rule = SafeguardRule.Reject;
        long rejected = _facts.Summary.RejectedRows;
        long people = _base == 0 ? _facts.Summary.Rows : _base;
        Measure(rule, rejected, people);
        if (_settings.Limits[rule].Allowed(people, rule) is long allowed && rejected > allowed)
        {
            Add(Passed(rule, string.Empty, rule.Subject, rejected, allowed) with
            {
                Base = people,
                Concerns = [rejected],
                IsAmount = true,
                Kinds = [],
                Remedy = "The errors and -RejectPath say what is wrong with them.",
            });
        }
    }

    private void Shrink()
    {
        if (_runs.FirstOrDefault(static run => run.Rows is not null)?.Rows is not long before)
        {
            return;
        }

        long fewer = Math.Max(0, before - _facts.Summary.Rows);
        Measure(SafeguardRule.Shrink, fewer, _base);
        if (Allowed(SafeguardRule.Shrink) is long allowed && fewer > allowed)
        {
            Add(Passed(SafeguardRule.Shrink, string.Empty, Text("rows fewer than last time ({0:N0}, now {1:N0})", before, _facts.Summary.Rows), fewer, allowed) with
            {
                Concerns = [fewer],
                IsAmount = true,
                Kinds = [ChangeKind.Deactivated, ChangeKind.Missing],
            });
        }
    }

    private void Half(long deactivated)
    {
        // Those who left the source long ago are no part of it, although nobody has disabled them.
        long active = _collector.People.ActiveCount - _missing.GoneActive;
        long lost = deactivated + _missing.NewActive + _missing.DueFromBefore;
        if (lost < FewPeople || lost * 2 < active)
        {
            return;
        }

        HashSet<long> concerned = [.. KeysOf(ChangeKind.Deactivated, ChangeKind.Missing)(), .. _missing.New];
        Add(new SafeguardStop
        {
            Name = "HalfOfPeople",
            ErrorId = "HalfOfPeople",
            Reason = Text("{0:N0} of {1:N0} active people would become inactive or are not in the source any more.", lost, active),
            Count = lost,
            Base = active,
            ExternalIds = IdsOf(concerned),
            Attributes = TopAttributes(),
            Concerns = concerned,
            Kinds = [ChangeKind.Deactivated, ChangeKind.Missing],
        });
    }

    private void Mapping()
    {
        int people = _mapping.People.Count;
        if (people == 0 || _mapping.Handling != MappingChangeHandling.Stop)
        {
            return;
        }

        IEnumerable<string> parts = _mapping.Attributes.Select(name =>
        {
            AttributeCount count = _collector.Attributes.Counts[_collector.Attributes.PlaceOf(name)];
            return name + (count.Filled == count.Changed ? " is new" : count.Cleared == count.Changed ? " is gone" : " changes");
        });
        int calls = (people + Scim.BulkRequestDocument.OperationLimit - 1) / Scim.BulkRequestDocument.OperationLimit;
        Add(new SafeguardStop
        {
            Name = "MappingChanged",
            ErrorId = "MappingChanged",
            Reason = Text("The mapping was edited: {0}; {1:N0} records differ only by it: {2:N0} calls.", string.Join(", ", parts), people, calls),
            Count = people,
            Base = _base,
            ExternalIds = IdsOf(_mapping.People),
            Attributes = TopAttributes(),
            Remedy = "-MappingChange Spread sends them with what is left of each night's calls, Lazy with their next change, Resend at once.",
            Concerns = [.. _mapping.People],
            People = _mapping.People,
        });
    }

    private void KeyFormChanged()
    {
        long added = _collector.CountOf(ChangeKind.New);
        if (!WatchesMissing || _missing.New.Count < FewPeople || added < FewPeople)
        {
            return;
        }

        long many = Math.Max(FewPeople, Math.Min(_missing.New.Count, added) / 2);
        (int count, IReadOnlyList<string> examples) = KeyForm.Compare(
            _missing.New.Select(key => _state.Find(key)!.ExternalId),
            _changes.All().Where(static change => change.Kind == ChangeKind.New).Select(IdOf));
        if (count >= many)
        {
            Add(new SafeguardStop
            {
                Name = "KeyFormChanged",
                ErrorId = "KeyFormChanged",
                Reason = Text("The key has changed its form: {0:N0} of {1:N0} new people are missing ones whose externalId is written another way ({2}). They would get second accounts.", count, added, string.Join(", ", examples)),
                Count = count,
                Base = _base,
                ExternalIds = IdsOf(_missing.New),
                Remedy = "Bring the old form back, in the export or in the mapping.",
                Concerns = [.. KeysOf(ChangeKind.New)(), .. _missing.New],
                Kinds = [ChangeKind.Deactivated, ChangeKind.Missing, ChangeKind.New],
            });
        }
    }

    // The very records of a run before the last: yesterday's file, put there again.
    private void SourceRepeated()
    {
        string source = _collector.Source.ToString();
        RunRecord[] counted = [.. _runs.Where(static run => run.Source is not null)];

        // One or two changes that are taken back give the same file again, too, and no harm is done by it.
        long sent = _changes.Entries.LongCount(static change => change.Kind is not (ChangeKind.Again or ChangeKind.Same));
        if (sent > 0 && sent + _missing.New.Count >= FewPeople && counted.Length > 1 && counted[0].Source != source && counted.FirstOrDefault(run => run.Source == source) is { } same)
        {
            Add(new SafeguardStop
            {
                Name = "SourceRepeated",
                ErrorId = "SourceRepeated",
                Reason = Text("The source has the very records of {0:u}, and other ones came since: it is an older one.", same.StartedOn.UtcDateTime),
                Count = _collector.Records,
                Base = _base,
                Remedy = "Look whether the export has run.",
                Concerns = [_collector.Source.High],
            });
        }
    }

    private void EncodingChanged()
    {
        int count = _collector.Misread.Count + _collector.Mended.Count;
        if (count >= FewPeople)
        {
            Add(new SafeguardStop
            {
                Name = "EncodingChanged",
                ErrorId = "EncodingChanged",
                Reason = Text("For {0:N0} people a value is what the old one becomes when it is read in the wrong encoding, or the reverse.", count),
                Count = count,
                Base = _base,
                Attributes = TopAttributes(),
                Remedy = "Give -Encoding, or have the source written as before.",
                ExternalIds = IdsOf([.. _collector.Misread, .. _collector.Mended]),
                Concerns = [.. _collector.Misread, .. _collector.Mended],
            });
        }
    }

    private void Measure(SafeguardRule rule, long count, long people, string? attribute = null)
    {
        int place = _measures.FindIndex(measure => measure.Name == rule.Name);
        SafeguardLimit limit = _settings.Limits[rule];
        var measure = new SafeguardMeasure(rule.Name, attribute, count, limit.ToString(), limit.Allowed(people, rule), people);
        if (place < 0)
        {
            _measures.Add(measure);
        }
        else if (count > _measures[place].Count)
        {
            _measures[place] = measure;
        }
    }

    private long? Allowed(SafeguardRule rule) => _settings.Limits[rule].Allowed(_base, rule);

    private SafeguardStop Passed(SafeguardRule rule, string name, string subject, long count, long allowed) => new()
    {
        Name = rule.Name + name,
        ErrorId = rule.Name + "Exceeded",
        Reason = Text("{0:N0} {1}; -{2} {3} allows {4:N0} of {5:N0} people.", count, subject, rule.Name, _settings.Limits[rule], allowed, _base),
        Count = count,
        Allowed = allowed,
        Base = _base,
        Attributes = TopAttributes(),
    };

    private void Fault(string errorId, string reason, string remedy, string[]? ids = null) => Add(new SafeguardStop
    {
        Name = errorId,
        ErrorId = errorId,
        Reason = reason,
        CanBeApproved = false,
        Remedy = remedy,
        Count = ids?.Length ?? 0,
        ExternalIds = ids is null ? [] : [.. ids.Take(MostIds)],
    });

    private void Add(SafeguardStop stop) => _stops.Add(stop);

    private Func<IEnumerable<long>> KeysOf(params ChangeKind[] kinds) => () =>
        _changes.Entries.Where(change => Array.IndexOf(kinds, change.Kind) >= 0).Select(static change => change.Key);

    private string[] IdsOf(IEnumerable<long> keys)
    {
        // The smallest ones, so that the same stop names the same people.
        HashSet<long> first = [.. keys.OrderBy(static key => key).Take(MostIds)];
        var ids = new List<string>();
        foreach (long key in first)
        {
            if (_state.Find(key) is { } person)
            {
                ids.Add(person.ExternalId);
            }
        }

        if (ids.Count < first.Count)
        {
            ids.AddRange(_changes.Of(first).Where(static change => change.Kind == ChangeKind.New).Select(IdOf));
        }

        ids.Sort(StringComparer.Ordinal);
        return [.. ids];
    }

    private string[] TopAttributes() =>
    [
        .. _collector.Attributes.Counts
            .Where(static count => count.Changed > 0)
            .OrderByDescending(static count => count.Changed)
            .Take(MostAttributes)
            .Select(static count => Text("{0} ({1:N0})", count.Attribute, count.Changed)),
    ];

    private string IdOf(StoredChange change) => new RecordReader(_state.Shapes).Read(change.Data).ExternalId!;

    private static string Ids(IEnumerable<string> ids) => string.Join(", ", ids.Select(static id => $"'{id}'"));

    // File times lose fractions on their way through archives and shares.
    private static DateTimeOffset Whole(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());

    private static string Text(string format, params object?[] values) => string.Format(CultureInfo.InvariantCulture, format, values);
}
