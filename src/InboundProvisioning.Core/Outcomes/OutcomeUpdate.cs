using System;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Jobs;
using InboundProvisioning.Logs;
using InboundProvisioning.State;

namespace InboundProvisioning.Outcomes;

/// <summary>Brings what the provisioning logs tell into a state, without a run.</summary>
public static class OutcomeUpdate
{
    /// <summary>Reads the logs, once or until nobody is left without an outcome. The state is this reading's alone meanwhile.</summary>
    /// <param name="statePath">The state.</param>
    /// <param name="identity">Whose it has to be.</param>
    /// <param name="logs">The logs.</param>
    /// <param name="job">The job.</param>
    /// <param name="wait">How long to wait for those without an outcome; zero: not at all.</param>
    /// <param name="progress">Learns of each look.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends it; what was read is kept.</param>
    /// <exception cref="InboundProvisioningException">
    /// <c>StateNotFound</c>, <c>StateLocked</c>, <c>StateOfAnotherJob</c>, what is wrong with the file, and the faults of reading the logs.
    /// </exception>
    public static async Task<OutcomeSummary> RunAsync(
        StateLocation statePath,
        StateIdentity identity,
        ProvisioningLogClient logs,
        ProvisioningJobAddress job,
        TimeSpan wait,
        Action<OutcomeSummary> progress,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        using SqliteState state = StateAccess.OpenAlone(statePath, time, cancellationToken);
        identity.IsOf(state, statePath.Path);
        try
        {
            return await new OutcomeSettlement(state, logs, job, time).FollowAsync(run: null, wait, progress, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            state.Save();
        }
    }
}
