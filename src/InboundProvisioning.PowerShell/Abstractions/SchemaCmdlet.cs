using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Graph;
using InboundProvisioning.Schema;

namespace InboundProvisioning.PowerShell.Abstractions;

/// <summary>A cmdlet that is about the schema of a provisioning job.</summary>
public abstract class SchemaCmdlet : JobCmdlet
{
    /// <summary>Reads the schema; after a 404 once more, with the object id in place of an app id.</summary>
    internal static async Task<(ProvisioningJobAddress Job, ProvisioningSchema Schema)> ReadSchemaAsync(
        GraphRun run, ProvisioningJobAddress job, CancellationToken stop)
    {
        var client = new ProvisioningSchemaClient(run.Graph, run.Notices);
        try
        {
            return (job, await client.ReadAsync(job, stop).ConfigureAwait(false));
        }
        catch (GraphException fault) when (fault.Status == 404)
        {
            ProvisioningJobAddress? other = await new ProvisioningJobLocator(run.Graph).RelocateAsync(job, run.Notices, stop).ConfigureAwait(false);
            if (other is null)
            {
                throw;
            }

            return (other, await client.ReadAsync(other, stop).ConfigureAwait(false));
        }
    }
}
