using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using InboundProvisioning.Logs;
using InboundProvisioning.PowerShell.Abstractions;
using InboundProvisioning.PowerShell.Completers;
using InboundProvisioning.PowerShell.Connections;
using InboundProvisioning.Reports;

namespace InboundProvisioning.PowerShell.Commands;

/// <summary>Writes a report: of a run, from its state, or of the provisioning logs alone.</summary>
[Cmdlet(VerbsData.Export, "ProvisioningReport", DefaultParameterSetName = StateSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(FileInfo))]
public sealed class ExportProvisioningReportCommand : PSCmdlet
{
    private const string StateSet = "State";
    private const string LogSet = "Log";

    private readonly LogReport _logs = new();

    /// <summary>The file to write; its ending says the format: .html, .md or .json.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("ReportPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>The state of Sync-InboundProvisioning.</summary>
    [Parameter(Mandatory = true, ParameterSetName = StateSet)]
    [ValidateNotNullOrEmpty]
    public string StatePath { get; set; } = string.Empty;

    /// <summary>The run; the last one by default.</summary>
    [Parameter(ParameterSetName = StateSet)]
    [ValidateRange(1, long.MaxValue)]
    [ArgumentCompleter(typeof(KnownRunCompleter))]
    public long RunId { get; set; }

    /// <summary>Changes or events of Get-ProvisioningLog.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = LogSet)]
    [AllowNull]
    [AllowEmptyCollection]
    public PSObject?[]? InputObject { get; set; }

    /// <summary>What it is written as; by default what the ending of the path says.</summary>
    [Parameter]
    public ReportFormat Format { get; set; }

    /// <summary>How much of people it tells.</summary>
    [Parameter]
    public ReportDetail ReportDetail { get; set; } = ReportDetail.Records;

    /// <summary>Replaces the file.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Gives the file out.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (PSObject item in (InputObject ?? []).OfType<PSObject>())
        {
            switch (item.BaseObject)
            {
                case ProvisioningChange change:
                    _logs.Add(change);
                    break;
                case ProvisioningEvent single:
                    _logs.Add(single);
                    break;
                default:
                    WriteError(ErrorRecords.From(
                        new InboundProvisioningException("InvalidInputObject", FaultKind.InvalidArgument, $"'{item}' is neither a change nor an event of Get-ProvisioningLog. Pipe what it gives out without -Summary.", item), item));
                    break;
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        try
        {
            string path = FilePaths.ResolveLiteral(this, Path);
            ReportFormat format = MyInvocation.BoundParameters.ContainsKey(nameof(Format)) ? Format : ReportFile.FormatOf(path);
            if (File.Exists(path) && !Force)
            {
                throw new InboundProvisioningException("FileExists", FaultKind.AlreadyExists, $"{path} is there already. -Force replaces it.", path);
            }

            ReportFacts facts = ParameterSetName == LogSet
                ? _logs.Complete(ReportDetail, TimeProvider.System)
                : RunReport.Of(StatePaths.Resolve(this, StatePath, static () => SessionConnections.Current.Default?.Service), RunId == 0 ? null : RunId, ReportDetail, TimeProvider.System);
            if (ShouldProcess(path, $"Write a report: {facts.Verdict.Word}"))
            {
                ReportFile.Write(path, facts, format, replacesAny: true);
                if (PassThru)
                {
                    WriteObject(new FileInfo(path));
                }
            }
        }
        catch (Exception fault) when (fault is InboundProvisioningException or IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(ErrorRecords.From(fault, Path));
        }
    }
}
