using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Http;
using InboundProvisioning.Jobs;
using InboundProvisioning.Logs;
using InboundProvisioning.State;

namespace InboundProvisioning.Outcomes;

/// <summary>
/// Brings what the provisioning logs tell into a state: one pass over the events since the last one, newest first, page by page, however
/// many people there are. An event shows 5 to 10 minutes after it happened, and not always in its order, so each pass begins a little
/// before the end of the last one.
/// </summary>
internal sealed class OutcomeSettlement
{
    private const string ReadToName = "LogsReadTo";
    private const int BatchSize = 500;

    private static readonly TimeSpan LateEvents = TimeSpan.FromHours(1);
    private static readonly TimeSpan LateWhileFollowing = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    // Logs are kept for 30 days with the licence that such a job takes: of what is older nobody can know whether it was lost.
    // https://learn.microsoft.com/entra/identity/monitoring-health/reference-reports-data-retention
    private static readonly TimeSpan Kept = TimeSpan.FromDays(28);

    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly IProvisioningState _state;
    private readonly ProvisioningLogClient _logs;
    private readonly ProvisioningJobAddress _job;
    private readonly TimeProvider _time;
    private readonly List<LoggedOutcome> _batch = [];
    private readonly OutcomeCounter _counter = new();
    private DateTimeOffset? _newest;
    private TimeSpan _late = LateEvents;

    /// <param name="state">What is to be settled.</param>
    /// <param name="logs">The logs.</param>
    /// <param name="job">The job of the state.</param>
    /// <param name="time">The clock.</param>
    public OutcomeSettlement(IProvisioningState state, ProvisioningLogClient logs, ProvisioningJobAddress job, TimeProvider time)
    {
        _state = state;
        _logs = logs;
        _job = job;
        _time = time;
    }

    /// <summary>Reads the logs once.</summary>
    /// <param name="run">Whose people are waited for, to say how many are left; null: all.</param>
    /// <param name="cancellationToken">Ends the reading; what was read is kept.</param>
    /// <exception cref="InboundProvisioningException">The service refuses, cannot be reached, or the state cannot be written.</exception>
    public async Task<OutcomeSummary> RunAsync(long? run, CancellationToken cancellationToken)
    {
        DateTimeOffset? since = Since();
        if (since is not null)
        {
            var output = new LogOutput(item => Take((ProvisioningChange)item), int.MaxValue, LogForm.Changes);
            var selection = new ProvisioningLogSelection { Since = since };
            await foreach (ProvisioningEvent item in _logs.ReadAsync(_job, selection, cancellationToken).ConfigureAwait(false))
            {
                output.Add(item);
            }

            output.Complete();
            Keep();
            Remember();
            GiveAnotherChance();
        }

        return _counter.Summary(_state.Outcomes.CountOpen(run), since);
    }

    /// <summary>Reads the logs again and again, until everybody whom a run has sent has an outcome, or the time is over.</summary>
    /// <param name="run">The run.</param>
    /// <param name="wait">The longest wait.</param>
    /// <param name="progress">Learns of each look.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InboundProvisioningException">As <see cref="RunAsync"/>.</exception>
    public async Task<OutcomeSummary> FollowAsync(long? run, TimeSpan wait, Action<OutcomeSummary> progress, CancellationToken cancellationToken)
    {
        long started = _time.GetTimestamp();
        var pause = TimeSpan.FromTicks(Math.Max(ShortestPause.Ticks, Math.Min(LongestPause.Ticks, wait.Ticks / 20)));
        while (true)
        {
            OutcomeSummary summary = await RunAsync(run, cancellationToken).ConfigureAwait(false);
            progress(summary);
            TimeSpan left = wait - _time.GetElapsedTime(started);
            if (summary.Open == 0 || left <= TimeSpan.Zero)
            {
                return summary;
            }

            _late = LateWhileFollowing;
            await _time.WaitAsync(left < pause ? left : pause, cancellationToken).ConfigureAwait(false);
        }
    }

    private DateTimeOffset? Since()
    {
        if (_state.Outcomes.OldestUnsettled() is not DateTimeOffset oldest)
        {
            return null;
        }

        DateTimeOffset? late = ReadTo() - _late;
        return late > oldest ? late : oldest;
    }

    private DateTimeOffset? ReadTo() => _state.Get(ReadToName) is string text
        && DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind) is var time && time <= _time.GetUtcNow()
        ? time
        : null;

    private void Take(ProvisioningChange change)
    {
        if (change.ActivityDateTime is not DateTimeOffset on)
        {
            return;
        }

        _newest = _newest is null || on > _newest ? on : _newest;
        if (string.IsNullOrEmpty(change.SourceId) || LoggedStatus.Of(change.Status) is not RecordStatus status)
        {
            return;
        }

        var error = OutcomeError.Of(change.ErrorCode);
        bool isTold = status != RecordStatus.Succeeded;
        _batch.Add(new LoggedOutcome(
            change.SourceId!,
            status,
            on,
            change.Action,
            isTold ? change.ErrorCode : null,
            isTold ? change.Reason : null,
            isTold ? error.Remedy ?? change.RecommendedAction : null,
            status == RecordStatus.Failed && error.MayMend));
        if (_batch.Count == BatchSize)
        {
            Keep();
        }
    }

    private void Keep()
    {
        _counter.Add(_state.Outcomes.Settle(_batch));
        _batch.Clear();
    }

    private void Remember()
    {
        // An event of the future would have all that follow passed over until then.
        DateTimeOffset? before = ReadTo();
        DateTimeOffset now = _time.GetUtcNow();
        DateTimeOffset? read = _newest < now ? _newest : _newest is null ? null : now;
        if (read is DateTimeOffset newest && !(newest <= before))
        {
            _state.Set(ReadToName, newest.ToString("O", CultureInfo.InvariantCulture));
        }
    }

    // A job that has done nothing since has not passed anybody over: it is paused, or was not started.
    private void GiveAnotherChance()
    {
        DateTimeOffset now = _time.GetUtcNow();
        if (ReadTo() is DateTimeOffset worked)
        {
            DateTimeOffset before = now - Day < worked ? now - Day : worked;
            _counter.AddSecondChances(_state.Outcomes.GiveAnotherChance(now - Kept, before, now));
        }
    }
}
