using System;
using System.Text.Json;

namespace InboundProvisioning.State;

/// <summary>Whose state it is.</summary>
/// <param name="JobId">The id of the provisioning job, which holds the tenant's.</param>
/// <param name="ServicePrincipalId">The service principal as it was named.</param>
/// <param name="Graph">The host of Microsoft Graph.</param>
public sealed record StateIdentity(string JobId, string ServicePrincipalId, string Graph)
{
    private const string Name = "Identity";

    /// <summary>Whether a state is of this job.</summary>
    /// <returns>False where it is of none yet.</returns>
    /// <exception cref="InboundProvisioningException"><c>StateOfAnotherJob</c>.</exception>
    internal bool IsOf(IProvisioningState state, string path)
    {
        if (state.Get(Name) is not string text)
        {
            return false;
        }

        StateIdentity known = JsonSerializer.Deserialize(text, StateJson.Default.StateIdentity)!;
        return string.Equals(known.JobId, JobId, StringComparison.OrdinalIgnoreCase) && string.Equals(known.Graph, Graph, StringComparison.OrdinalIgnoreCase)
            ? true
            : throw new InboundProvisioningException(
                "StateOfAnotherJob",
                FaultKind.InvalidArgument,
                $"The state {path} is of job '{known.JobId}' on {known.Graph}, and this run is about job '{JobId}' on {Graph}. Each job has a state of its own: give another -StatePath, or the job of this one.",
                path);
    }

    /// <summary>Makes a state that of this job.</summary>
    internal void Keep(IProvisioningState state) => state.Set(Name, JsonSerializer.Serialize(this, StateJson.Default.StateIdentity));
}
