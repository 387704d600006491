using System.Management.Automation;
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
    protected override void ProcessRecord() => Guard(
        () =>
        {
            string path = FilePaths.ResolveLiteral(this, Path);
            ProvisioningSchema file = ProvisioningSchema.Load(path);
            ChangeSchema(async (change, run, stop) =>
            {
                if (await change.ImportAsync(path, file, stop).ConfigureAwait(false) is SchemaImportResult result)
                {
                    run.WriteObject(result);
                }
            });
        },
        Path);
}
