using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Jobs;
using InboundProvisioning.Schema;

namespace InboundProvisioning.PowerShell.Abstractions;

/// <summary>A cmdlet that is about the schema of a provisioning job.</summary>
public abstract class SchemaCmdlet : JobCmdlet
{
    /// <summary>Reads the schema.</summary>
    internal static Task<ProvisioningSchema> ReadSchemaAsync(GraphRun run, ProvisioningJobAddress job, CancellationToken stop) =>
        new ProvisioningSchemaClient(run.Graph, run.Notices).ReadAsync(job, stop);
}
