using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Checks;
using InboundProvisioning.Conversion;
using InboundProvisioning.Jobs;
using InboundProvisioning.Logs;
using InboundProvisioning.Outcomes;
using InboundProvisioning.Records;
using InboundProvisioning.Scim;
using InboundProvisioning.State;
using InboundProvisioning.Sync.Changes;
using InboundProvisioning.Sync.Safeguards;
using InboundProvisioning.Upload;

namespace InboundProvisioning.Sync;

/// <summary>
/// A run of a synchronization, step by step: open the state, settle what an earlier run left in doubt, take the records of the source,
/// weigh them, send, keep. One step at a time, from any thread.
/// </summary>
public sealed class SyncSession : IDisposable
{
    internal const string LineBreakName = "EndsWithLineBreak";
    internal const string LastRecordName = "LastRecord";
    private const string ApprovalsName = "ApprovalsInUse";
    private const string InitialName = "InitialRun";

    private readonly SyncSettings _settings;
    private readonly ISyncObserver _observer;
    private readonly bool _writes;
    private readonly IProvisioningState _state;
    private readonly DateTimeOffset _startedOn;
    private readonly long _started;
    private ChangeCollector? _collector;
    private ChangeStore? _changes;
    private bool _isInitial;
    private long _run;
    private int _calls;
    private OutcomeSummary? _outcome;
    private RunRecord? _record;

    private SyncSession(SyncSettings settings, ISyncObserver observer, bool writes, IProvisioningState state)
    {
        _settings = settings;
        _observer = observer;
        _writes = writes;
        _state = state;
        _startedOn = settings.Time.GetUtcNow();
        _started = settings.Time.GetTimestamp();
    }

    /// <summary>Opens a state for a run that sends. It is this run's alone until the session is disposed.</summary>
    /// <param name="settings">How the run goes.</param>
    /// <param name="observer">Learns how it goes.</param>
    /// <param name="cancellationToken">Ends the wait for another run.</param>
    /// <exception cref="InboundProvisioningException">
    /// <c>StateLocked</c>, <c>StateOnNetwork</c>, <c>InitialRunUndecided</c>, <c>StateEngineUnavailable</c>, and what is wrong with the file.
    /// </exception>
    public static SyncSession Open(SyncSettings settings, ISyncObserver observer, CancellationToken cancellationToken)
    {
        settings = settings with { StatePath = settings.StatePath.Target() };
        RequireLocal(settings);
        observer.OnPhase(SyncPhase.ReadingState, 0, 0);
        if (!settings.Initial && !settings.Baseline && !StateAccess.Exists(settings.StatePath, cancellationToken))
        {
            throw StateAccess.HasCopy(settings.StatePath, cancellationToken) ? StateFault.Missing(settings.StatePath.Path, hasCopy: true) : Undecided(settings.StatePath);
        }

        SqliteState state = StateAccess.OpenForRun(
            settings.StatePath, settings.StateContent ?? StateContent.Record, settings.WaitForLock, settings.Time, cancellationToken);
        try
        {
            RequireContent(settings, state);
            return new SyncSession(settings, observer, writes: true, state).Begin();
        }
        catch
        {
            state.Dispose();
            throw;
        }
    }

    /// <summary>Opens a state to look at, for a plan; where there is none, an empty one in memory.</summary>
    /// <inheritdoc cref="Open"/>
    public static SyncSession OpenForPlan(SyncSettings settings, ISyncObserver observer, CancellationToken cancellationToken = default)
    {
        settings = settings with { StatePath = settings.StatePath.Target() };
        RequireLocal(settings);
        observer.OnPhase(SyncPhase.ReadingState, 0, 0);
        SqliteState state = StateAccess.Exists(settings.StatePath, cancellationToken)
            ? StateAccess.OpenToRead(settings.StatePath, checks: true, cancellationToken)
            : SqliteState.CreateInMemory(settings.StateContent ?? StateContent.Record);
        try
        {
            return new SyncSession(settings, observer, writes: false, state).Begin();
        }
        catch
        {
            state.Dispose();
            throw;
        }
    }

    /// <summary>Takes the records of the source.</summary>
    public IRecordSink Records => _collector!;

    /// <summary>The calls that are left of the day's.</summary>
    public int CallsLeft => Math.Max(0, _settings.DailyCallLimit - _state.CallsSince(_settings.Time.GetUtcNow() - TimeSpan.FromDays(1)));

    /// <summary>Makes sure that the state is of this job; one that is of none yet becomes its.</summary>
    /// <exception cref="InboundProvisioningException"><c>StateOfAnotherJob</c>.</exception>
    public void RequireIdentity(StateIdentity identity)
    {
        if (!identity.IsOf(_state, _settings.StatePath.Path) && _writes)
        {
            identity.Keep(_state);
        }
    }

    /// <summary>Brings what the provisioning logs tell of the runs before into the state. Before all that weighs records.</summary>
    /// <param name="logs">The logs.</param>
    /// <param name="job">The job.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="InboundProvisioningException">The logs cannot be read: the run can go on without them.</exception>
    public async Task SettleAsync(ProvisioningLogClient logs, ProvisioningJobAddress job, CancellationToken cancellationToken)
    {
        _observer.OnPhase(SyncPhase.Settling, 0, 0);
        _outcome = await new OutcomeSettlement(_state, logs, job, _settings.Time).RunAsync(run: null, cancellationToken).ConfigureAwait(false);
        if (_outcome.Since is not null)
        {
            _observer.OnDetail(FormattableString.Invariant(
                $"The provisioning logs since {_outcome.Since.Value.UtcDateTime:u} tell anew of {_outcome.Succeeded:N0} who succeeded, {_outcome.Skipped:N0} skipped and {_outcome.Failed:N0} failed; {_outcome.Open:N0} have no outcome yet."));
            foreach (string line in _outcome.FailuresInWords())
            {
                _observer.OnWarning(line);
            }

            Reload();
        }
    }

    /// <summary>Waits for the outcome of what this run has sent.</summary>
    /// <param name="result">Its result so far.</param>
    /// <param name="logs">The logs.</param>
    /// <param name="job">The job.</param>
    /// <param name="wait">The longest wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The result with the outcome, which the state keeps too.</returns>
    /// <exception cref="InboundProvisioningException">The logs cannot be read.</exception>
    public async Task<SyncResult> FollowAsync(
        SyncResult result, ProvisioningLogClient logs, ProvisioningJobAddress job, TimeSpan wait, CancellationToken cancellationToken)
    {
        var settlement = new OutcomeSettlement(_state, logs, job, _settings.Time);
        OutcomeSummary outcome = await settlement.FollowAsync(
            result.RunId,
            wait,
            summary => _observer.OnPhase(SyncPhase.Following, Math.Max(0, result.Accepted - summary.Open), result.Accepted),
            cancellationToken).ConfigureAwait(false);
        foreach (string line in outcome.FailuresInWords())
        {
            _observer.OnWarning(line);
        }

        if (outcome.Open > 0)
        {
            _observer.OnWarning(FormattableString.Invariant(
                $"{outcome.Open:N0} of {result.Accepted:N0} people have no outcome after {wait.TotalMinutes:N0} minutes. They have not failed: the next run, or Update-ProvisioningOutcome, looks again."));
        }

        result = result with { Outcome = outcome.After(_outcome), Duration = _settings.Time.GetElapsedTime(_started) };
        _state.EndRun(_run, _record! with { EndedOn = _settings.Time.GetUtcNow(), Result = Summarize(result) });
        return Save(result, withCopy: false);
    }

    /// <summary>Sends again, in identical bytes, what a run that broke off had sent without an answer. Before all else.</summary>
    /// <param name="upload">The way to the service.</param>
    /// <param name="cancellationToken">Breaks it off.</param>
    /// <returns>Null where the run can go on; else how it ends.</returns>
    public async Task<SyncResult?> ResumeAsync(UploadRunSettings upload, CancellationToken cancellationToken)
    {
        IReadOnlyList<OutboxRequest> doubtful = _state.InDoubt();
        if (doubtful.Count == 0)
        {
            return null;
        }

        _observer.OnDetail($"{doubtful.Count} requests of an earlier run were sent without an answer that was kept. They go again first.");
        _observer.OnPhase(SyncPhase.Resuming, 0, doubtful.Count);
        var journal = new SyncJournal(_state, RunId(), _settings.Time);
        SyncUpload sent = await SyncUpload.RunAsync(
            upload, journal, _observer, SyncPhase.Resuming, doubtful.Count, CallsLeft, Deadline(), SyncRequests.OfOutbox(doubtful, journal), _settings.Time, cancellationToken).ConfigureAwait(false);
        _calls += journal.Calls;
        IReadOnlyList<OutboxRequest> rest = _state.InDoubt();
        if (rest.Count == 0)
        {
            _state.Save();

            // People of the state are other ones now.
            Reload();
            return null;
        }

        return Finish(new SyncResult
        {
            Status = sent.Fault is null && !sent.IsOutage ? SyncStatus.Incomplete : SyncStatus.Failed,
            Sent = sent.Accepted + sent.Refused,
            Accepted = sent.Accepted,
            Refused = sent.Refused,
            Left = rest.Sum(static request => BulkRequestUsers.Of(request.Body).Count),
            Reason = sent.Reason ?? FormattableString.Invariant($"{rest.Count:N0} requests of an earlier run are still in doubt; they go again first in the next one."),
            Fault = sent.Fault,
        }, facts: null);
    }

    /// <summary>Takes the records of a plan in place of a source.</summary>
    /// <param name="path">A file of <c>Get-ProvisioningPlan -PlanPath</c>.</param>
    /// <exception cref="InboundProvisioningException"><c>PlanStale</c>, <c>PlanInvalid</c>, <c>PathNotFound</c>.</exception>
    public SourceFacts ReadPlan(string path) => PlanFile.Read(path, _state, _collector!);

    /// <summary>Keeps the plan as a file, for its owner alone.</summary>
    public void WritePlan(string path, ProvisioningPlan plan) => PlanFile.Write(path, Plan!, plan, _state);

    /// <summary>The changes of the plan, one a person.</summary>
    /// <param name="most">So many at the most.</param>
    public IReadOnlyList<PlannedChange> Changes(int most = ProvisioningPlan.MostChanges)
    {
        // An array: PowerShell has no index into what the compiler makes for the interface.
        PlannedChange[] changes = [.. PlannedChange.Of(Plan!, _state).Take(most)];
        return changes;
    }

    /// <summary>Whether anything is about to be sent that is worth a check.</summary>
    public bool HasRecordsToCheck => !(_settings.Baseline && _isInitial)
        && _collector!.CountOf(ChangeKind.New, ChangeKind.Changed, ChangeKind.Reactivated, ChangeKind.Deactivated) > 0;

    /// <summary>Weighs the records that were taken.</summary>
    /// <param name="facts">What is known of the source beside them.</param>
    /// <param name="checks">What the records are checked by; null for no check.</param>
    /// <returns>What would be done, in numbers.</returns>
    public ProvisioningPlan Review(SourceFacts facts, CheckOptions? checks = null)
    {
        _observer.OnPhase(SyncPhase.Planning, 0, 0);
        ChangeCollector collector = _collector!;
        WarnOfUnknownRows(collector);
        MissingPeople missing = facts.Plan is not null ? new MissingPeople() : MissingPeople.Of(
            collector.People,
            _settings.MissingRecord == MissingRecordHandling.Disable && collector.UnknownRejected == 0 ? _settings.MissingRuns : 0,
            counts: !IsSourceOfLastRun(collector, facts));
        foreach (long key in missing.Due)
        {
            collector.AddMissing(key, _state.Find(key)!);
        }

        if (facts.Plan is null && _state.Content == StateContent.Record)
        {
            collector.AddDisabledAgain();
        }

        _changes!.SetDepths(ReportingOrder.Of(collector.NewPeople));
        new RecordHolds(_state, collector, _changes, _observer).Hold(facts, missing, _settings.Time.GetUtcNow(), _settings.MaximumAttempts);
        RecordFindings findings = checks is not null && HasRecordsToCheck
            ? new RecordChecks(_state, collector, _changes, _observer, checks).Run()
            : new RecordFindings();
        long usual = SafeguardLimit.Parse(SafeguardRule.AttributeChange.Default).Allowed(collector.People.Count, SafeguardRule.AttributeChange)!.Value;
        var mapping = MappingChange.Of(_state, _settings, collector.Attributes, usual);
        mapping.FindPeople(_changes.All());
        Plan = Weigh(collector, missing, mapping, facts, findings);
        return ProvisioningPlan.Of(Plan, _state, _settings, CallsLeft, _settings.Time.GetUtcNow());
    }

    /// <summary>Whether the plan sends nothing.</summary>
    public bool IsStopped => Plan!.IsStopped;

    /// <summary>The state, for who tells of the run.</summary>
    internal IProvisioningState State => _state;

    /// <summary>The plan, once it was weighed.</summary>
    internal SyncPlan? Plan { get; private set; }

    /// <summary>Does what the plan says, or keeps it where it is stopped.</summary>
    /// <param name="upload">The way to the service; null for a baseline, which makes no call.</param>
    /// <param name="cancellationToken">Breaks it off: what is in flight is in doubt and goes first next time.</param>
    public async Task<SyncResult> CarryOutAsync(UploadRunSettings? upload, CancellationToken cancellationToken)
    {
        SyncPlan plan = Plan!;
        long run = RunId();
        if (plan.Stops.Any(static stop => stop.CanBeApproved))
        {
            // With what is approved already: the approval may be over when this plan is approved in its turn.
            _state.KeepPlan(
                plan.Id,
                run,
                _settings.Time.GetUtcNow(),
                plan.Found.Where(static stop => stop.CanBeApproved).ToDictionary(static stop => stop.Name, static stop => stop.Concerns));
        }

        _state.SetStops([.. plan.Stops.Select(static stop => stop.Name)], _settings.Time.GetUtcNow(), run);
        if (plan.IsStopped)
        {
            return Finish(new SyncResult { Status = SyncStatus.Stopped, Reason = "A safeguard stopped the run; nothing was sent.", Left = plan.ToSend }, plan.Facts);
        }

        if (_settings.Baseline && _isInitial)
        {
            return TakeBaseline(plan);
        }

        if (_isInitial)
        {
            _state.Set(InitialName, bool.TrueString);
        }

        var journal = new SyncJournal(_state, run, _settings.Time);
        SyncUpload sent = plan.ToSend == 0
            ? SyncUpload.Nothing
            : await SyncUpload.RunAsync(
                upload!, journal, _observer, SyncPhase.Sending, plan.ToSend, CallsLeft, Deadline(), SyncRequests.Of(plan.Changes.InOrder()), _settings.Time, cancellationToken).ConfigureAwait(false);
        _calls += journal.Calls;
        _observer.OnPhase(SyncPhase.Finishing, 0, 0);
        long left = plan.ToSend - sent.Accepted - sent.Refused;

        // An outage that lasts must not look, night after night, like a run that the next one goes on with.
        SyncStatus status = sent.Fault is not null || sent.IsOutage ? SyncStatus.Failed
            : sent.IsIncomplete || left > 0 ? SyncStatus.Incomplete
            : plan.ToSend == 0 && plan.Held == 0 ? SyncStatus.NothingToDo
            : SyncStatus.Completed;
        if (status != SyncStatus.Failed)
        {
            Keep(plan, isDone: left == 0);
        }

        return Finish(
            new SyncResult
            {
                Status = status,
                Sent = sent.Accepted + sent.Refused,
                Accepted = sent.Accepted,
                Refused = sent.Refused,
                Left = left,
                Reason = sent.Reason ?? (left == 0 ? null : FormattableString.Invariant(
                    $"Of {left:N0} records it is not known whether the service has taken them: they go again first in the next run.")),
                Fault = sent.Fault,
            },
            plan.Facts);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _changes?.Dispose();
        _state.Dispose();
    }

    private static void RequireLocal(SyncSettings settings)
    {
        if (settings.StatePath.Store is not null)
        {
            return;
        }

        if (Directory.Exists(settings.StatePath.Path))
        {
            throw StateFault.NotOurs(settings.StatePath.Path);
        }

        if (!settings.AllowNetworkPath && StateFile.IsOnNetwork(settings.StatePath.Path))
        {
            throw new InboundProvisioningException(
                "StateOnNetwork",
                FaultKind.InvalidArgument,
                $"The state {settings.StatePath} lies on a share, where locks and the order of writes cannot be relied on. Give a path on a disk of this machine, or -AllowNetworkPath.",
                settings.StatePath.Path);
        }
    }

    private static void RequireContent(SyncSettings settings, SqliteState state)
    {
        if (settings.StateContent is StateContent content && content != state.Content)
        {
            throw new InboundProvisioningException(
                "StateContentDiffers",
                FaultKind.InvalidArgument,
                $"The state {settings.StatePath} was made with -StateContent {state.Content}, which cannot be changed. Leave -StateContent out, or begin a new state with -Baseline.",
                settings.StatePath.Path);
        }
    }

    private static InboundProvisioningException Undecided(StateLocation path) => new(
        "InitialRunUndecided",
        FaultKind.InvalidArgument,
        $"There is no state {path} yet, so nobody is known. Say once what is right: -Initial sends all people of the source; -Baseline takes them as sent already, for those who come from nightly full uploads.",
        path.Path);

    private SyncSession Begin()
    {
        _settings.Limits.AddKept(_state.Safeguards());
        bool isEmpty = _state.People == 0;
        _isInitial = isEmpty || _state.Get(InitialName) == bool.TrueString;
        if (_writes && isEmpty && !_settings.Initial && !_settings.Baseline && _state.Get(InitialName) is null)
        {
            throw Undecided(_settings.StatePath);
        }

        if (!isEmpty && (_settings.Initial || _settings.Baseline) && _state.Get(InitialName) is null)
        {
            _observer.OnWarning(FormattableString.Invariant(
                $"-{(_settings.Initial ? "Initial" : "Baseline")} is for an empty state, and this one knows {_state.People:N0} people: the run goes as any other. Leave it out."));
        }

        if (_settings.MissingRecord == MissingRecordHandling.Disable && _state.Content == StateContent.Fingerprint)
        {
            throw new InboundProvisioningException(
                "RecordsNotKept",
                FaultKind.InvalidArgument,
                "-MissingRecord Disable needs the complete last record, and this state keeps fingerprints only. Use -MissingRecord Report, or a state with -StateContent Record.");
        }

        Reload();
        _observer.OnDetail(FormattableString.Invariant(
            $"The state {_settings.StatePath} knows {_collector!.People.Count:N0} people, {_collector.People.ActiveCount:N0} of them active; {CallsLeft:N0} of {_settings.DailyCallLimit:N0} calls are left."));
        return this;
    }

    private void Reload()
    {
        IReadOnlyList<OutboxRequest> doubtful = _writes ? [] : _state.InDoubt();
        List<UserRecord> pending = [.. doubtful.SelectMany(request => BulkRequestUsers.Of(request.Body)).Select(user => new RecordReader(_state.Shapes).Read(user.Span))];
        var people = new PersonTable(_state.People + pending.Count);
        _state.ReadPeople(person => people.Set(person));
        foreach (UserRecord record in pending)
        {
            // What is in doubt goes first, so a plan takes it as accepted.
            _state.Presume(record);
            people.Set(new KnownPerson(PersonKey.Of(record.ExternalId!), record.Fingerprint, UserRecord.DigestOf(record.UserName), record.Active == true, 0));
        }

        _changes?.Dispose();
        _changes = new ChangeStore();
        _collector = new ChangeCollector(_state, people, _changes, _state.Outcomes.Due(_settings.Time.GetUtcNow(), _settings.MaximumAttempts));
    }

    private long RunId()
    {
        if (_run == 0)
        {
            _run = _state.BeginRun(_startedOn);
        }

        return _run;
    }

    private DateTimeOffset? Deadline() => _settings.MaximumDuration is TimeSpan most ? _startedOn + most : null;

    // The same file again is no other night: nobody has been missing for longer.
    private bool IsSourceOfLastRun(ChangeCollector collector, SourceFacts facts) =>
        facts.WrittenOn is not null
        && _state.Runs(1) is [{ SourceWrittenOn: { } written } last]
        && written.ToUnixTimeMilliseconds() == facts.WrittenOn.Value.ToUnixTimeMilliseconds()
        && last.Source == collector.Source.ToString();

    private void WarnOfUnknownRows(ChangeCollector collector)
    {
        if (_settings.MissingRecord == MissingRecordHandling.Disable && collector.UnknownRejected > 0)
        {
            _observer.OnWarning(FormattableString.Invariant(
                $"{collector.UnknownRejected:N0} rows cannot be used and do not say whose they are, so nobody is disabled as missing in this run."));
        }
    }

    private SyncPlan Weigh(ChangeCollector collector, MissingPeople missing, MappingChange mapping, SourceFacts facts, RecordFindings findings)
    {
        var review = new SafeguardReview(_settings, _state, collector, _changes!, missing, mapping, facts);
        IReadOnlyList<SafeguardStop> all = review.Run(_isInitial);
        if (_settings.Baseline && _isInitial)
        {
            // Nothing is sent, so no limit can be passed; a source that is none stays one.
            all = [.. all.Where(static stop => !stop.CanBeApproved)];
        }

        all = [.. all, .. facts.Plan is { } file ? file.StopsLeft(_state, all, _settings.Time.GetUtcNow()) : []];
        (List<SafeguardStop> stops, HashSet<string> approvals) = ApprovalCheck.Of(_state, all, _settings.Time.GetUtcNow());
        bool isStopped = stops.Count > 0 && (_settings.LimitAction == LimitAction.Stop || stops.Exists(static stop => stop.Kinds is null && stop.People is null));
        if (!isStopped)
        {
            foreach (SafeguardStop stop in stops)
            {
                _changes!.Hold(stop.People ?? [], "-" + stop.Name);
                foreach (ChangeKind kind in stop.Kinds ?? [])
                {
                    _changes!.Hold(kind, "-" + stop.Name);
                }
            }
        }

        return PlanCount.Of(_changes!, new SyncPlan
        {
            Id = stops.Count == 0 && facts.Plan is { } given ? given.PlanId : PlanId.Of(collector, facts, all),
            Collector = collector,
            Changes = _changes!,
            Missing = missing,
            Mapping = mapping,
            Facts = facts,
            Findings = findings,
            Found = all,
            Measures = review.Measures,
            Stops = Dated(stops),
            Approvals = approvals,
            IsStopped = isStopped,
        });
    }

    private List<SafeguardStop> Dated(List<SafeguardStop> stops)
    {
        IReadOnlyDictionary<string, DateTimeOffset> since = _state.Stops();
        string? last = since.Count > 0 && _state.Runs(1) is [RunRecord run, ..] ? run.Plan : null;
        return stops.ConvertAll(stop => since.TryGetValue(stop.Name, out DateTimeOffset date)
            ? stop with { Since = date, IsRepeated = !stop.CanBeApproved || stop.IsAmount || (last is not null && _state.Concerns(last, stop.Name)?.IsSupersetOf(stop.Concerns) == true) }
            : stop);
    }

    private SyncResult TakeBaseline(SyncPlan plan)
    {
        _state.Accept(plan.Changes.ByKey().Where(static change => change.Held is null).Select(static change => change.Data), _settings.Time.GetUtcNow());
        Keep(plan, isDone: true);
        return Finish(new SyncResult { Status = SyncStatus.Completed, Reason = "The source was taken as accepted; nothing was sent." }, plan.Facts);
    }

    private void Keep(SyncPlan plan, bool isDone)
    {
        // The last part of what was approved may be within the limits by itself.
        string[] approvals = [.. (_state.Get(ApprovalsName) ?? string.Empty).Split([','], StringSplitOptions.RemoveEmptyEntries).Union(plan.Approvals)];
        if (isDone)
        {
            _state.Set(InitialName, null);
            foreach (string approval in approvals)
            {
                _state.UseUp(approval, _run);
            }
        }

        _state.Set(ApprovalsName, isDone || approvals.Length == 0 ? null : string.Join(",", approvals));

        _state.Accept(plan.Changes.All().Where(static change => change.Kind == ChangeKind.Same).Select(static change => change.Data), _settings.Time.GetUtcNow());
        if (plan.Facts.Plan is not null)
        {
            return;
        }

        if (_settings.MissingRecord != MissingRecordHandling.Ignore && plan.Missing.Runs.Count > 0)
        {
            // A row that cannot be read may be anybody's; and where a limit holds missing people back, they are as new the next time.
            bool isHeld = plan.Stops.Any(static stop => stop.Kinds?.Contains(ChangeKind.Missing) == true);
            _state.SetMissing(plan.Missing.Runs.Where(person => person.Runs == 0 || (plan.Collector.UnknownRejected == 0 && !(isHeld && person.Runs == 1))), _run);
        }

        _state.Outcomes.KeepHeld(plan.HeldRecords(_state), _run, _startedOn);
        plan.Mapping.Keep(isDone && plan.Waiting == 0);
        if (plan.Facts.EndsWithLineBreak is bool ends)
        {
            _state.Set(LineBreakName, ends.ToString());
            _state.Set(LastRecordName, ends ? null : plan.Collector.LastRecord.ToString());
        }
    }

    private string Summarize(SyncResult result)
    {
        RunSummary summary = RunSummary.Of(result) with { DailyCallLimit = _settings.DailyCallLimit };
        return JsonSerializer.Serialize(Plan is null ? summary : summary.With(Plan, _state), SyncJson.Default.RunSummary);
    }

    private SyncResult Finish(SyncResult result, SourceFacts? facts)
    {
        SyncPlan? plan = Plan;
        if (plan is not null)
        {
            ChangeCollector collector = plan.Collector;
            result = result with
            {
                PlanId = plan.Id,
                Rows = plan.Facts.Summary.Rows,
                Rejected = plan.Facts.Summary.RejectedRows,
                New = collector.CountOf(ChangeKind.New),
                Changed = collector.CountOf(ChangeKind.Changed),
                Reactivated = collector.CountOf(ChangeKind.Reactivated),
                Deactivated = collector.CountOf(ChangeKind.Deactivated, ChangeKind.Missing),
                Unchanged = collector.Unchanged,
                Missing = plan.Missing.Count,
                Held = plan.Held,
                Waiting = plan.Waiting,
                Again = collector.CountOf(ChangeKind.Again),
                Warnings = plan.Findings.Warnings,
                Findings = plan.Findings.First,
                Stops = plan.Stops,
            };
        }

        DateTimeOffset now = _settings.Time.GetUtcNow();
        result = result with
        {
            RunId = _run,
            StartedOn = _startedOn,
            Duration = _settings.Time.GetElapsedTime(_started),
            Calls = _calls,
            CallsLeft = CallsLeft,
            Outcome = _outcome,
        };
        bool counts = facts is { Plan: null } && result.Status is SyncStatus.Completed or SyncStatus.Incomplete or SyncStatus.NothingToDo;
        _record = new RunRecord
        {
            StartedOn = _startedOn,
            EndedOn = now,
            Status = result.Status.ToString(),
            Plan = plan?.Id,
            Result = Summarize(result),
            Source = counts ? plan!.Collector.Source.ToString() : null,
            SourceWrittenOn = counts ? facts!.WrittenOn : null,
            Rows = counts && !plan!.Stops.Any(static stop => stop.Name == SafeguardRule.Shrink.Name) ? facts!.Summary.Rows : null,
        };
        _state.EndRun(_run, _record);
        return Save(result, withCopy: counts && (result.Accepted > 0 || (_settings.Baseline && _isInitial) || plan!.Missing.Runs.Count > 0));
    }

    private SyncResult Save(SyncResult result, bool withCopy)
    {
        try
        {
            _state.Save();
        }
        catch (InboundProvisioningException fault)
        {
            // What this run sent is in doubt in the state as it is kept: the next one sends it again.
            return result with { Status = SyncStatus.Failed, Reason = result.Fault?.Message ?? fault.Message, Fault = result.Fault ?? fault };
        }

        if (withCopy)
        {
            Copy();
        }

        return result;
    }

    private void Copy()
    {
        try
        {
            _state.Copy();
        }
        catch (InboundProvisioningException fault) when (_state.Keeper is not null)
        {
            _observer.OnWarning("The state is kept, but no copy of it could be: " + fault.Message);
        }
    }
}
