using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Graph;
using InboundProvisioning.PowerShell.Abstractions;
using InboundProvisioning.Schema;

namespace InboundProvisioning.PowerShell.Commands;

/// <summary>
/// Gives a provisioning job the schema of a file: one that was exported from it earlier, or from the job of another app, whose ids
/// are rewritten.
/// </summary>
[Cmdlet(VerbsData.Import, "ProvisioningSchema", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(SchemaImportResult))]
public sealed class ImportProvisioningSchemaCommand : SchemaChangeCmdlet
{
    /// <summary>The file with the schema in JSON, taken as it is written.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("LiteralPath", "PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = null!;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            string path = FilePaths.ResolveLiteral(this, Path);
            ProvisioningSchema file = ProvisioningSchema.Load(path);
            RunWithJob((run, job, stop) => ImportAsync(run, job, path, file, stop));
        }
        catch (Exception exception) when (exception is InboundProvisioningException or IOException or UnauthorizedAccessException)
        {
            ThrowFault(exception, Path);
        }
    }

    private async Task ImportAsync(GraphRun run, ProvisioningJobAddress job, string path, ProvisioningSchema file, CancellationToken stop)
    {
        ProvisioningSchema schema = await ReadSchemaAsync(run, job, stop).ConfigureAwait(false);
        SchemaImport import = SchemaImport.Fit(file, schema);
        foreach (string id in import.RewrittenIds)
        {
            run.WriteVerbose($"Of the job instead of the file: {id}");
        }

        IReadOnlyList<string> differences = import.Schema.DifferencesFrom(schema);
        bool changes = differences.Count > 0;
        string? backup = null;
        if (changes)
        {
            backup = await ReplaceSchemaAsync(run, job, schema, import.Schema, stop).ConfigureAwait(false);
            if (backup is null)
            {
                return;
            }
        }

        run.WriteObject(new SchemaImportResult
        {
            ServicePrincipalId = job.ServicePrincipalId,
            JobId = job.JobId,
            Path = path,
            Status = changes ? SchemaChangeStatus.Changed : SchemaChangeStatus.Existing,
            Differences = differences,
            RewrittenIds = import.RewrittenIds,
            BackupPath = backup,
        });
    }
}
