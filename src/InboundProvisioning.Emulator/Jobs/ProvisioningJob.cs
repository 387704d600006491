using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;

using InboundProvisioning.Emulator.Schema;
using InboundProvisioning.Emulator.Staging;

namespace InboundProvisioning.Emulator.Jobs;

/// <summary>
/// One job and all that belongs to it. Safe for use by several threads: what Graph sees of it is an immutable record that changes as a whole.
/// </summary>
internal sealed class ProvisioningJob
{
    /// <summary>
    /// "The frequency of incremental cycles is gradually reduced to once per day":
    /// https://learn.microsoft.com/entra/identity/app-provisioning/application-provisioning-quarantine-status
    /// </summary>
    private static readonly TimeSpan QuarantinedInterval = TimeSpan.FromDays(1);

    private readonly Lock _lock = new();
    private SynchronizationJob _state;

    public ProvisioningJob(SynchronizationJob initial)
        : this(initial, JobSchema.Default(initial.Id, initial.TemplateId))
    {
    }

    public ProvisioningJob(JobState kept)
        : this(kept.Job, JobSchema.Load(kept.Job.Id, kept.Schema))
    {
        Pending.Add(kept.Pending);
        Memory.Load(kept.Escrows, kept.Held ?? new Dictionary<string, HeldRecord>(), kept.References);
    }

    private ProvisioningJob(SynchronizationJob state, JobSchema schema)
    {
        _state = state;
        Schema = schema;
        Id = state.Id;
    }

    public string Id { get; }

    /// <summary>The users that were uploaded and that no run has taken yet.</summary>
    public PendingUsers Pending { get; } = new();

    public JobMemory Memory { get; } = new();

    /// <summary>What the job knows of source and target, and how attributes flow.</summary>
    public JobSchema Schema { get; }

    /// <summary>What Graph answers.</summary>
    public SynchronizationJob State
    {
        get
        {
            lock (_lock)
            {
                return _state;
            }
        }
    }

    /// <summary>A new job, as https://learn.microsoft.com/graph/api/synchronization-synchronization-post-jobs makes it: it does not run.</summary>
    public static ProvisioningJob Create(string templateId, Guid tenantId) =>
        new(new SynchronizationJob($"{templateId}.{tenantId:N}.{Guid.NewGuid()}", templateId));

    /// <summary>
    /// https://learn.microsoft.com/graph/api/synchronization-synchronizationjob-start: goes on from where it was paused, clears a quarantine.
    /// </summary>
    /// <param name="now">The time.</param>
    /// <param name="hasNotificationEmail">
    /// Without a notification email the job goes into quarantine:
    /// https://learn.microsoft.com/entra/identity/app-provisioning/inbound-provisioning-api-configure-app
    /// </param>
    public void Start(DateTimeOffset now, bool hasNotificationEmail) => Restart(RestartScope.None, now, hasNotificationEmail);

    /// <summary>https://learn.microsoft.com/graph/api/synchronization-synchronizationjob-pause: all progress and staged users stay.</summary>
    public void Pause() => Change(state => state with
    {
        Schedule = state.Schedule with { State = SynchronizationScheduleState.Disabled },
        Status = state.Status with { Code = SynchronizationStatusCode.Paused },
    });

    /// <summary>
    /// https://learn.microsoft.com/graph/api/synchronization-synchronizationjob-restart. When the watermark is removed, the data uploaded before
    /// is purged: https://learn.microsoft.com/entra/identity/app-provisioning/inbound-provisioning-api-faqs#how-does-restart-provisioning-work
    /// </summary>
    public void Restart(RestartScope scope, DateTimeOffset now, bool hasNotificationEmail)
    {
        // "Forces the system to delete the pending deleted users when using the accidental deletions prevention feature":
        // https://learn.microsoft.com/graph/api/resources/synchronization-synchronizationjobrestartcriteria
        bool forcesDeletes = scope.HasFlag(RestartScope.ForceDeletes);
        if (forcesDeletes)
        {
            Memory.AllowHeld();
        }

        if (scope.HasFlag(RestartScope.Watermark))
        {
            Pending.Clear();
            if (!forcesDeletes)
            {
                Memory.ForgetHeld();
            }
        }

        if (scope.HasFlag(RestartScope.Escrows))
        {
            Memory.ForgetEscrows();
        }

        Change(state =>
        {
            bool lifted = scope == RestartScope.None || scope.HasFlag(RestartScope.QuarantineState)
                || (forcesDeletes && state.Status.Quarantine is null or { Reason: QuarantineReason.TooManyDeletes });
            SynchronizationQuarantine? quarantine = hasNotificationEmail
                ? lifted ? null : state.Status.Quarantine
                : NoNotificationEmail(state.Status.Quarantine, now.UtcDateTime);
            SynchronizationStatus status = scope.HasFlag(RestartScope.Watermark) ? Forgotten(state.Status) : state.Status;
            return state with
            {
                Schedule = state.Schedule with { State = SynchronizationScheduleState.Active },
                Status = status with
                {
                    Code = quarantine is null ? SynchronizationStatusCode.Active : SynchronizationStatusCode.Quarantine,
                    CountSuccessiveCompleteFailures = lifted ? 0 : status.CountSuccessiveCompleteFailures,
                    Quarantine = quarantine,
                },
            };
        });
    }

    /// <summary>Whether a run is due: always when the job is active, and once a day when only the deletion threshold stops it.</summary>
    public bool RunsAt(DateTimeOffset now) => State.Status switch
    {
        { Code: SynchronizationStatusCode.Active } => true,
        { Code: SynchronizationStatusCode.Quarantine, Quarantine: { Reason: QuarantineReason.TooManyDeletes } quarantine } =>
            quarantine.NextAttempt <= now.UtcDateTime,
        _ => false,
    };

    /// <summary>
    /// After a run: "when the deletion threshold is met, the job goes into quarantine", and it stays there as long as something is held.
    /// https://learn.microsoft.com/entra/identity/app-provisioning/accidental-deletions
    /// </summary>
    /// <param name="now">The time.</param>
    public void JudgeDeletes(DateTimeOffset now) => Change(state =>
    {
        // Held and not allowed in the meantime. Who paused the job while it ran has it paused.
        int held = Memory.Held.Values.Count(record => !record.Allowed);
        return state.Status.Code == SynchronizationStatusCode.Paused || (held == 0 && state.Status.Quarantine is null)
            ? state
            : state with
            {
                Status = state.Status with
                {
                    Code = held > 0 ? SynchronizationStatusCode.Quarantine : SynchronizationStatusCode.Active,
                    Quarantine = held > 0 ? TooManyDeletes(state.Status.Quarantine, held, now.UtcDateTime) : null,
                },
            };
    });

    public JobState ToState() =>
        new(State, JsonElement.Parse(Schema.ToJson(null).Span), Pending.ToList(), Memory.Escrows, Memory.References, Memory.Held);

    /// <summary>Changes what Graph answers, in one step.</summary>
    public void Change(Func<SynchronizationJob, SynchronizationJob> change)
    {
        lock (_lock)
        {
            _state = change(_state);
        }
    }

    private static SynchronizationStatus Forgotten(SynchronizationStatus status)
    {
        var never = new SynchronizationStatus();
        return status with
        {
            Progress = never.Progress,
            SteadyStateFirstAchievedTime = never.SteadyStateFirstAchievedTime,
            SteadyStateLastAchievedTime = never.SteadyStateLastAchievedTime,
            SynchronizedEntryCountByType = never.SynchronizedEntryCountByType,
        };
    }

    // Microsoft's pages name no code for this and the next one.
    private static SynchronizationQuarantine NoNotificationEmail(SynchronizationQuarantine? before, DateTime now) => Quarantined(
        before,
        now,
        QuarantineReason.EncounteredQuarantineException,
        new SynchronizationError("NotificationEmailMissing", "A notification email is required. Provide one, and start the job again.", true));

    private static SynchronizationQuarantine TooManyDeletes(SynchronizationQuarantine? before, int held, DateTime now) => Quarantined(
        before,
        now,
        QuarantineReason.TooManyDeletes,
        new SynchronizationError(
            "TooManyDeletes",
            $"More users would be disabled or deleted in one cycle than the deletion threshold allows: {held} are held. "
                + "Allow them by a restart with ForceDeletes, or send corrected records.",
            true));

    private static SynchronizationQuarantine Quarantined(
        SynchronizationQuarantine? before, DateTime now, QuarantineReason reason, SynchronizationError error) => new(
        CurrentBegan: now,
        NextAttempt: now + QuarantinedInterval,
        reason,
        SeriesBegan: before?.SeriesBegan ?? now,
        SeriesCount: (before?.SeriesCount ?? 0) + 1,
        error);
}
