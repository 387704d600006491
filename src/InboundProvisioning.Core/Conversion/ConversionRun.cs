using System;
using System.Collections.Generic;
using System.Linq;
using InboundProvisioning.Conversion.Persons;
using InboundProvisioning.Mapping;
using InboundProvisioning.Scim;

namespace InboundProvisioning.Conversion;

/// <summary>
/// The rows of one run on their way to bulk requests: each is converted, judged against the other rows of its person, and then
/// goes, is rejected or is passed over. The same rows and settings give the same bytes. Not for several threads at a time.
/// </summary>
internal sealed class ConversionRun : IDisposable
{
    private readonly ConversionOptions _options;
    private readonly IConversionObserver _observer;
    private readonly RejectFile? _rejects;
    private readonly IRecordSink? _records;
    private readonly BulkRequestWriter _requests;
    private readonly RecordConverter _converter;
    private readonly Preference? _preference;
    private readonly RowPositions _positions = new();
    private readonly RejectionCounts _rejections = new();
    private readonly PassedOverRows _passedOver = new();
    private readonly List<SettledRow> _settled = [];
    private readonly List<HeldRow> _held = [];
    private IPersonRule _rule;
    private ChosenRowRule? _chosen;
    private bool _hasReason;
    private long _identicalRows;

    /// <param name="options">How to convert.</param>
    /// <param name="observer">Learns what comes out.</param>
    /// <param name="rejects">Where rejected rows are kept, or null.</param>
    /// <param name="records">Takes the records one by one, in place of requests; or null.</param>
    public ConversionRun(ConversionOptions options, IConversionObserver observer, RejectFile? rejects, IRecordSink? records = null)
    {
        _options = options;
        _observer = observer;
        _rejects = rejects;
        _records = records;
        _requests = new BulkRequestWriter(options.OperationsPerRequest, ConversionOptions.MaxRequestBytes);
        _converter = new RecordConverter(options);
        _preference = options.Prefer is { } prefer ? new Preference(prefer, options.Unwrap) : null;
        _rule = new FirstRowRule(rejectsLater: options.RepeatedRecord == RepeatedRecordHandling.Reject);
    }

    /// <summary>Whether rows can be converted before their turn, and side by side: each must not change what another becomes.</summary>
    public bool ConvertsAhead => !_options.RunsScript && _options.ExternalIds is null;

    /// <summary>Rows so far, whatever became of them.</summary>
    public long Rows { get; private set; }

    /// <summary>A source begins: a file, or null for objects.</summary>
    /// <param name="path">The file.</param>
    /// <param name="linesBefore">The lines of the files before.</param>
    public void BeginSource(string? path, long linesBefore) => _positions.Begin(path, linesBefore);

    /// <summary>The rest of a source cannot be read.</summary>
    public void EndSource(InboundProvisioningException fault) => _observer.OnFileFault(fault);

    /// <summary>Makes ready for rows with these columns.</summary>
    /// <exception cref="InboundProvisioningException">The mapping cannot be carried out.</exception>
    public void SetColumns(RowColumns columns)
    {
        _converter.SetColumns(columns);
        _hasReason = columns.Names.Count > 0 && RejectFile.IsReasonColumn(columns.Names[columns.Names.Count - 1]);
    }

    /// <summary>Takes rows as they were chosen, instead of the first one of each person.</summary>
    public void Choose(ChosenRowRule rule)
    {
        _rule = rule;
        _chosen = rule;
    }

    /// <summary>Rejects a row that could not be read.</summary>
    public void Reject(RowPlace place, RowFault fault, Func<SourceRecord> source)
    {
        Rows++;
        _records?.OnRejected([]);
        Reject(place, fault, Kept(source));
    }

    /// <summary>Converts a row and lets it go, or not.</summary>
    public void Add(Row row)
    {
        ConvertedRecord record = Convert(row);
        Add(row, record, _converter.Json);
    }

    /// <summary>Lets a row go that was converted before its turn, or not.</summary>
    /// <param name="row">The row.</param>
    /// <param name="record">What it became.</param>
    /// <param name="json">Where its JSON lies.</param>
    public void AddConverted(Row row, in ConvertedRecord record, ReadOnlySpan<byte> json)
    {
        row.Number = ++Rows;
        row.Trims = _options.Trim;
        Add(row, record, json);
    }

    /// <summary>Converts a row and holds it back until <see cref="ReleaseHeld"/>.</summary>
    public void Hold(Row row)
    {
        ConvertedRecord record = Convert(row);
        if (record.IsPassedOver)
        {
            return;
        }

        if (!record.HasExternalId)
        {
            Take(row, record, record.Fault, _converter.Json);
            return;
        }

        RowFault? preferenceFault = null;
        RowPreference preference = _preference?.Of(row, out preferenceFault) ?? RowPreference.None;
        _held.Add(new HeldRow(
            new PersonRow(record.Id, _positions.Of(row.Place), record.User),
            record.Fault is null ? _converter.Json.ToArray() : null,
            record.Fault,
            preference,
            preferenceFault,
            FoldedExternalId.TextOf(Token(record, _converter.Json)),
            row.Place,
            Kept(row.Source)));
    }

    /// <summary>Lets the rows go that were held back, one of each person.</summary>
    public void ReleaseHeld()
    {
        var search = new PersonSearch(_options.RepeatedRecord);
        foreach (HeldRow row in _held)
        {
            search.Note(row.Person.Id, row.Person.Position, row.Preference);
        }

        Choose(search.End());
        foreach (HeldRow row in _held)
        {
            RowFault? fault = row.Fault ?? (_chosen!.IsRepeated(row.Person.Id) ? row.PreferenceFault : null);
            PersonRow person = fault is null ? row.Person : row.Person with { User = 0 };
            PersonVerdict verdict = _rule.Judge(person, out uint taken);
            if (fault is not null || verdict == PersonVerdict.Undecided)
            {
                _records?.OnRejectedPerson(row.ExternalId);
            }

            if (verdict == PersonVerdict.Undecided && row.PreferenceFault is not null)
            {
                Reject(row.Place, row.PreferenceFault, row.Kept, row.ExternalId);
            }
            else if (verdict != PersonVerdict.Take)
            {
                Leave(verdict, new SettledRow(person, row.ExternalId, row.Place, taken, row.Kept));
            }
            else if (fault is not null)
            {
                Reject(row.Place, fault, row.Kept, row.ExternalId);
            }
            else
            {
                Go(row.Operation);
            }
        }

        _held.Clear();
    }

    /// <summary>Ends the run.</summary>
    public ConversionSummary End()
    {
        foreach (SettledRow row in _settled)
        {
            if (_chosen!.IsSame(row.Person))
            {
                _identicalRows++;
            }
            else
            {
                PassOver(row);
            }
        }

        if (_requests.EndRun() is { } last)
        {
            _observer.OnRequest(last);
        }

        foreach (RejectionCount count in _rejections.ByKind.Where(static count => count.FurtherRows > 0))
        {
            _observer.OnFurtherRejected(count);
        }

        if (_chosen?.AllHaveCome == false)
        {
            _observer.OnFileFault(new InboundProvisioningException(
                "SourceChanged",
                FaultKind.InvalidData,
                "A file changed while it was read: rows that were chosen from several of one person are not there any more. Run again when it no longer changes."));
        }

        return new ConversionSummary
        {
            Rows = Rows,
            RejectedRows = _rejections.Rows,
            Rejections = _rejections.ByKind,
            FirstRejected = _rejections.First,
            PassedOverRows = _passedOver.Rows,
            IdenticalRows = _identicalRows,
            PassedOverIds = _passedOver.Ids,
            NamesAllPassedOver = _passedOver.NamesAll,
            WantedExternalIds = _options.ExternalIds?.Count ?? 0,
            MissingExternalIds = _converter.MissingExternalIds,
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _requests.Dispose();
        _converter.Dispose();
    }

    private static ReadOnlySpan<byte> Token(in ConvertedRecord record, ReadOnlySpan<byte> json) => json.Slice(record.ExternalIdStart, record.ExternalIdLength);

    private ConvertedRecord Convert(Row row)
    {
        row.Number = ++Rows;
        _converter.Clear();
        return _converter.Convert(row);
    }

    private void Add(Row row, in ConvertedRecord record, ReadOnlySpan<byte> json)
    {
        if (record.IsPassedOver)
        {
            return;
        }

        if (!record.HasExternalId)
        {
            // A run without externalIds, or a row that lacks its own.
            Take(row, record, record.Fault, json);
            return;
        }

        RowFault? fault = record.Fault;
        RowFault? preferenceFault = null;
        if (_chosen?.IsRepeated(record.Id) == true && _preference?.Of(row, out preferenceFault) == RowPreference.Unknown)
        {
            fault ??= preferenceFault;
        }

        var person = new PersonRow(record.Id, _positions.Of(row.Place), fault is null ? record.User : 0);
        PersonVerdict verdict = _rule.Judge(person, out uint taken);
        if (verdict == PersonVerdict.Take || (verdict == PersonVerdict.Undecided && preferenceFault is not null))
        {
            Take(row, record, fault, json);
            return;
        }

        ReadOnlySpan<byte> token = Token(record, json);
        if (verdict == PersonVerdict.Undecided)
        {
            _records?.OnRejected(token);
        }

        string externalId = FoldedExternalId.TextOf(token);
        Leave(verdict, new SettledRow(person, externalId, row.Place, taken, _options.PassesOverInSilence && verdict != PersonVerdict.Undecided ? null : Kept(row.Source)));
    }

    private void Take(Row row, in ConvertedRecord record, RowFault? fault, ReadOnlySpan<byte> json)
    {
        if (fault is null)
        {
            Go(json.Slice(record.Start, record.Length));
            return;
        }

        ReadOnlySpan<byte> token = Token(record, json);
        _records?.OnRejected(token);
        Reject(row.Place, fault, Kept(row.Source), record.HasExternalId ? FoldedExternalId.TextOf(token) : null);
    }

    private void Go(ReadOnlySpan<byte> operation)
    {
        if (_records is not null)
        {
            _records.OnRecord(operation);
        }
        else if (_requests.Add(operation) is { } request)
        {
            _observer.OnRequest(request);
        }
    }

    private void Leave(PersonVerdict verdict, SettledRow row)
    {
        switch (verdict)
        {
            case PersonVerdict.Reject:
                Reject(row.Place, Repeated(row), row.Kept, row.ExternalId);
                break;
            case PersonVerdict.Undecided:
                Reject(row.Place, Undecided(row), row.Kept, row.ExternalId);
                break;
            case PersonVerdict.PassOver:
                PassOver(row);
                break;
            case PersonVerdict.Same:
                _identicalRows++;
                break;
            case PersonVerdict.Settle:
                _settled.Add(row);
                break;
        }
    }

    private void PassOver(SettledRow row)
    {
        _passedOver.Add(row.ExternalId);
        if (_options.RepeatedRecord == RepeatedRecordHandling.Reject)
        {
            Keep(new RejectedRow(row.Place, new RowFault(
                "DuplicateExternalId",
                "externalId",
                $"'{row.ExternalId}' also stands in {_positions.PlaceOf(row.Taken)}, which goes since -Prefer takes it.")), row.Kept);
        }
    }

    private RowFault Undecided(SettledRow row) => new(
        "UndecidedRecord",
        "externalId",
        $"'{row.ExternalId}' also stands in {_positions.PlaceOf(row.Taken)}, where -Prefer could not be told. None of the rows of this person goes: it could be the wrong one.");

    private RowFault Repeated(SettledRow row) => new(
        "DuplicateExternalId",
        "externalId",
        $"'{row.ExternalId}' stands in {_positions.PlaceOf(row.Taken)} already. Two records of one person race, so the later one is rejected; -RepeatedRecord and -Prefer choose another way.");

    private void Reject(RowPlace place, RowFault fault, KeptRecord? kept, string? externalId = null)
    {
        var rejected = new RejectedRow(place, fault) { ExternalId = externalId };
        Keep(rejected, kept);
        if (_rejections.Add(rejected))
        {
            _observer.OnRejected(rejected);
        }
    }

    private void Keep(RejectedRow rejected, KeptRecord? kept)
    {
        if (kept is not null)
        {
            _rejects?.Add(kept, rejected.ToString());
        }
    }

    // A copy of a record, where rejected ones are kept.
    private KeptRecord? Kept(Func<SourceRecord> source) => _rejects is null ? null : new KeptRecord(source(), _hasReason);
}
