using System;

namespace InboundProvisioning.Jobs;

/// <summary>What to do about a job that does not process what is uploaded.</summary>
public static class JobAdvice
{
    /// <summary>What is wrong with the job, and the remedy; null where it runs.</summary>
    public static string? For(ProvisioningJob job)
    {
        if (job.IsQuarantined)
        {
            return $"The job '{job.JobId}' is in quarantine: {job.Quarantine?.ToString() ?? "no reason is given"}. It tries again ever more seldom, down to once a day. {Remedy(job)}";
        }

        return job.IsPaused
            ? $"The job '{job.JobId}' does not run ({job.Status}, schedule {job.Schedule}): what is uploaded waits until it is started. Start it with: {StartCommand(job.ServicePrincipalId, job.JobId)}"
            : null;
    }

    /// <summary>The command that starts a job.</summary>
    public static string StartCommand(string servicePrincipalId, string jobId) =>
        $"Start-ProvisioningJob -ServicePrincipalId '{servicePrincipalId}' -JobId '{jobId.Replace("'", "''")}'";

    // https://learn.microsoft.com/entra/identity/app-provisioning/application-provisioning-quarantine-status and
    // https://learn.microsoft.com/entra/identity/app-provisioning/accidental-deletions
    private static string Remedy(ProvisioningJob job)
    {
        string start = StartCommand(job.ServicePrincipalId, job.JobId);
        return string.Equals(job.Quarantine?.Reason, "TooManyDeletes", StringComparison.OrdinalIgnoreCase)
            ? "More accounts were to be deleted than the accidental-deletion threshold allows. See in the provisioning logs which; allow them with Restart-ProvisioningJob -Scope ForceDeletes, or correct the data and start the job: " + start
            : "Correct the cause (a job without a notification email goes there at its start; else see the provisioning logs), then: " + start;
    }
}
