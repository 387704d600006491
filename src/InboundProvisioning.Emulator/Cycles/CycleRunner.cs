using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

using InboundProvisioning.Emulator.Applications;
using InboundProvisioning.Emulator.Jobs;
using InboundProvisioning.Emulator.Logs;
using InboundProvisioning.Emulator.Schema;
using InboundProvisioning.Emulator.Users;

namespace InboundProvisioning.Emulator.Cycles;

/// <summary>
/// Runs jobs, one at a time. A job that is paused does not run, and one in quarantine only once a day, when the deletion threshold is the reason;
/// both keep what is staged.
/// </summary>
internal sealed class CycleRunner(Guid tenantId, TenantApplications applications, UserDirectory users, ProvisioningLog log, TimeProvider clock)
{
    private readonly Lock _lock = new();

    /// <summary>Runs one job, or all.</summary>
    public IReadOnlyList<CycleResult> Run(string? jobId = null)
    {
        lock (_lock)
        {
            return
            [
                .. applications.Jobs
                    .Where(one => (jobId is null || one.Job.Id == jobId) && one.Job.RunsAt(clock.GetUtcNow()))
                    .Select(one => Run(one.Application, one.Job))
                    .OfType<CycleResult>(),
            ];
        }
    }

    /// <summary>Does something while no job runs.</summary>
    public void Between(Action act)
    {
        lock (_lock)
        {
            act();
        }
    }

    /// <summary>What logs say of a job.</summary>
    public LoggedJob Logged(EnterpriseApplication application, ProvisioningJob job) => new(
        job.Id,
        tenantId,
        application.Principal.Id,
        application.Principal.AppId,
        application.Principal.DisplayName,
        DefaultSchema.SourceDirectory,
        job.State.TemplateId == "API2AD" ? "Active Directory" : "Microsoft Entra ID");

    private CycleResult? Run(EnterpriseApplication application, ProvisioningJob job)
    {
        if (job.Schema.Rule is not { } rule)
        {
            return null;
        }

        DateTimeOffset began = clock.GetUtcNow();
        var run = new CycleRun(job, Logged(application, job), rule, users, log, application.DeleteThreshold, began);
        run.Run();
        DateTimeOffset ended = clock.GetUtcNow();
        int escrows = job.Memory.Escrows.Count;
        var execution = new SynchronizationTaskExecution
        {
            ActivityIdentifier = run.CycleId.ToString(),
            CountEntitled = users.Count,
            CountEntitledForProvisioning = users.Count,
            CountEscrowed = escrows,
            CountEscrowedRaw = escrows,
            CountExported = run.Exported,
            CountExports = run.Exported,
            CountImported = run.Imported,
            CountImportedDeltas = run.Imported,
            State = run.Failed > 0 ? SynchronizationTaskExecutionResult.EntryLevelErrors : SynchronizationTaskExecutionResult.Succeeded,
            TimeBegan = began.UtcDateTime,
            TimeEnded = ended.UtcDateTime,
        };
        job.Change(state => state with { Status = After(state.Status, execution, users.Count) });
        job.JudgeDeletes(ended);
        return new CycleResult(job.Id, run.CycleId, run.Imported, run.Exported, run.Failed, run.Held);
    }

    /// <summary>https://learn.microsoft.com/graph/api/resources/synchronization-synchronizationstatus</summary>
    private static SynchronizationStatus After(SynchronizationStatus before, SynchronizationTaskExecution execution, long entries) => before with
    {
        LastExecution = execution,

        // "The last execution of this job, which didn't have any errors."
        LastSuccessfulExecution =
            execution.State == SynchronizationTaskExecutionResult.Succeeded ? execution : before.LastSuccessfulExecution,
        LastSuccessfulExecutionWithExports = execution.CountExported > 0 ? execution : before.LastSuccessfulExecutionWithExports,
        Progress = [new SynchronizationProgress(execution.CountImported, execution.TimeEnded, execution.CountImported, "User")],
        SteadyStateFirstAchievedTime =
            before.SteadyStateFirstAchievedTime.Ticks == 0 ? execution.TimeEnded : before.SteadyStateFirstAchievedTime,
        SteadyStateLastAchievedTime = execution.TimeEnded,
        SynchronizedEntryCountByType = [new EntryCount("User", entries)],
    };
}
