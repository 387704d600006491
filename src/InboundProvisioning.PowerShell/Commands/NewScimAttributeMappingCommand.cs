using System;
using System.IO;
using System.Management.Automation;
using System.Threading.Tasks;
using InboundProvisioning.Csv;
using InboundProvisioning.PowerShell.Abstractions;
using InboundProvisioning.Proposal;

namespace InboundProvisioning.PowerShell.Commands;

/// <summary>Proposes an attribute mapping for a CSV file, by the names of its columns and by what its values look like.</summary>
[Cmdlet(VerbsCommon.New, "ScimAttributeMapping", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(AttributeProposal))]
public sealed class NewScimAttributeMappingCommand : MappingCmdlet
{
    /// <summary>The CSV file; it is read to its end.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "LiteralPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>The .psd1 file to write; left out, the proposal is only shown.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? OutputPath { get; set; }

    /// <summary>The URN for columns that SCIM has no attribute for; given, they are mapped under it.</summary>
    [Parameter]
    [Alias("Namespace", "Urn", "SchemaNamespace")]
    [ValidateNotNullOrEmpty]
    public string? ScimSchemaNamespace { get; set; }

    /// <summary>How many records at the end of the file are no data.</summary>
    [Parameter]
    [ValidateRange(0, CsvParameters.MostSkipped)]
    public int SkipLast { get; set; }

    /// <summary>Replaces the file.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            string path = FilePaths.ResolveLiteral(this, Path);
            string? output = OutputPath is null ? null : ResolveOutput();
            MappingProposal proposal = Propose(path);
            WriteVerbose($"{path}: {proposal.Layout.Found}; {proposal.Rows} rows.");
            foreach (string warning in proposal.Warnings)
            {
                WriteWarning(warning);
            }

            if (output is not null && ShouldProcess(output, "Write the proposed attribute mapping"))
            {
                MappingProposalFile.Write(output, proposal, Force);
            }

            WriteObject(proposal.Attributes, enumerateCollection: true);
        }
        catch (Exception exception) when (exception is InboundProvisioningException or IOException or UnauthorizedAccessException)
        {
            ThrowFault(exception, Path);
        }
    }

    private string ResolveOutput()
    {
        string output = FilePaths.ResolveLiteral(this, OutputPath!);
        MappingProposalFile.Require(output, Force);
        return output;
    }

    private MappingProposal Propose(string path)
    {
        if (!File.Exists(path))
        {
            throw Directory.Exists(path)
                ? new InboundProvisioningException("NotAFile", FaultKind.InvalidArgument, $"{path} is a folder; give the path of a file.", path)
                : new InboundProvisioningException("PathNotFound", FaultKind.NotFound, $"There is no file {path}.", path);
        }

        CsvFileOptions options = ReadCsvOptions() with { SkipLast = SkipLast };
        MappingProposal? proposal = null;
        RunOnWorker((_, stop) =>
        {
            proposal = MappingProposal.Create(path, options, !MyInvocation.BoundParameters.ContainsKey(nameof(HeaderRow)), ScimSchemaNamespace, stop);
            return Task.CompletedTask;
        });
        return proposal!;
    }
}
