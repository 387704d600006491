using System;
using System.IO;
using System.Management.Automation;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Jobs;
using InboundProvisioning.PowerShell.Abstractions;
using InboundProvisioning.PowerShell.Schema;
using InboundProvisioning.Schema;

namespace InboundProvisioning.PowerShell.Commands;

/// <summary>Writes the schema of a provisioning job: as the service gives it, or as a document of the mappings for auditors.</summary>
[Cmdlet(VerbsData.Export, "ProvisioningSchema", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(string), typeof(FileInfo))]
public sealed class ExportProvisioningSchemaCommand : SchemaCmdlet
{
    /// <summary>The file to write; left out, the schema goes to the pipeline as one string.</summary>
    [Parameter(Position = 0)]
    [Alias("OutputPath")]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>How to write it. Default Json.</summary>
    [Parameter]
    public SchemaFormat As { get; set; }

    /// <summary>Replaces the file.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        try
        {
            if ((Path is null ? null : FilePaths.ResolveLiteral(this, Path)) is not string path)
            {
                RunWithJob(async (run, job, stop) => run.WriteObject(Encoding.UTF8.GetString(await ReadAsync(run, job, stop).ConfigureAwait(false))));
                return;
            }

            if (Directory.Exists(path))
            {
                throw new InboundProvisioningException("NotAFile", FaultKind.InvalidArgument, $"{path} is a folder; give the path of a file.", path);
            }

            if (File.Exists(path) && !Force)
            {
                throw new InboundProvisioningException("FileExists", FaultKind.AlreadyExists, $"{path} is there already. -Force replaces it.", path);
            }

            if (ShouldProcess(path, "Write the schema of the provisioning job"))
            {
                RunWithJob((run, job, stop) => ExportAsync(run, job, path, stop));
            }
        }
        catch (Exception exception) when (exception is InboundProvisioningException or IOException or UnauthorizedAccessException)
        {
            ThrowFault(exception, Path);
        }
    }

    private async Task ExportAsync(GraphRun run, ProvisioningJobAddress job, string path, CancellationToken stop)
    {
        byte[] bytes = await ReadAsync(run, job, stop).ConfigureAwait(false);
        using (var stream = new FileStream(path, Force ? FileMode.Create : FileMode.CreateNew, FileAccess.Write, FileShare.Read))
        {
            stream.Write(bytes, 0, bytes.Length);
        }

        run.WriteObject(new FileInfo(path));
    }

    private async Task<byte[]> ReadAsync(GraphRun run, ProvisioningJobAddress job, CancellationToken stop)
    {
        ProvisioningSchema schema = await ReadSchemaAsync(run, job, stop).ConfigureAwait(false);
        return As == SchemaFormat.Json ? schema.ToBytes() : Encoding.UTF8.GetBytes(SchemaReport.Write(schema, job, DateTimeOffset.UtcNow));
    }
}
