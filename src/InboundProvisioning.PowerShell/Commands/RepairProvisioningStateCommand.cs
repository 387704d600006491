using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using InboundProvisioning.Conversion;
using InboundProvisioning.PowerShell.Abstractions;
using InboundProvisioning.PowerShell.Connections;
using InboundProvisioning.PowerShell.Conversion;
using InboundProvisioning.PowerShell.Sync;
using InboundProvisioning.State;
using InboundProvisioning.Sync;

namespace InboundProvisioning.PowerShell.Commands;

/// <summary>
/// Brings the newest good copy of a damaged or lost state back; or, where there is none, takes the people of a file as accepted.
/// </summary>
[Cmdlet(VerbsDiagnostic.Repair, "ProvisioningState", DefaultParameterSetName = CopySet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(StateRepairResult))]
public sealed class RepairProvisioningStateCommand : ConversionCmdlet
{
    private const string CopySet = "Copy";
    private const string BaselineSet = "Baseline";

    /// <summary>The state of Sync-InboundProvisioning.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string StatePath { get; set; } = string.Empty;

    /// <summary>CSV files that were sent last, whose people are taken as accepted; with their -AttributeMapping.</summary>
    [Parameter(Mandatory = true, ParameterSetName = BaselineSet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] BaselinePath { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        StateLocation? state = null;
        try
        {
            state = StatePaths.Resolve(this, StatePath, static () => SessionConnections.Current.Default?.Service);
            if (ParameterSetName == CopySet && ShouldProcess(state.Path, Words(StateRepair.FindCopy(state, StopToken))))
            {
                WriteObject(StateRepair.FromCopy(state, TimeProvider.System, StopToken));
            }
            else if (ParameterSetName == BaselineSet && ShouldProcess(state.Path, "Begin a new state, with the people of the file as accepted"))
            {
                WriteObject(FromFile(state));
            }
        }
        catch (Exception fault) when (fault is InboundProvisioningException or IOException or UnauthorizedAccessException)
        {
            ThrowFault(fault, state?.Path);
        }
    }

    private static string Words(StateRepairCopy copy) => string.Format(
        CultureInfo.InvariantCulture,
        "Put the copy {0} of {1:yyyy-MM-dd HH:mm}, which knows {2:N0} {3}, in its place",
        copy.Name,
        copy.WrittenOn.ToLocalTime(),
        copy.People,
        copy.People == 1 ? "person" : "people");

    private StateRepairResult FromFile(StateLocation path)
    {
        List<string> files = [.. BaselinePath.SelectMany(file => FilePaths.Resolve(this, file))];
        var conversion = new CsvConversion(files, ReadConversionOptions());
        foreach (string warning in conversion.CheckHeaders())
        {
            WriteWarning(warning);
        }

        string? kept = StateRepair.PutAside(path, TimeProvider.System, StopToken);
        try
        {
            return FromFile(path, conversion, string.Join(", ", files), kept);
        }
        catch
        {
            // A file that is no baseline does not cost the state that was there.
            StateRepair.BringBack(path, kept, TimeProvider.System);
            throw;
        }
    }

    private StateRepairResult FromFile(StateLocation path, CsvConversion conversion, string source, string? kept)
    {
        using var pipeline = new PipelineQueue(StopToken);
        var observer = new SyncObserver(this, pipeline, new SyncProgressDisplay(this));
        using SyncSession session = Await(pipeline, () => Task.Run(() => SyncSession.Open(new SyncSettings { StatePath = path, Baseline = true }, observer, StopToken)));
        var output = new ConversionOutput(this, directory: null, writesStrings: false);
        ConversionSummary summary = conversion.Run(output, rejects: null, StopToken, session.Records);
        ProvisioningPlan plan = session.Review(new SourceFacts { Summary = summary, Fault = output.FileFault });
        SyncResult result = Await(pipeline, () => Task.Run(() => session.CarryOutAsync(upload: null, StopToken)));
        return result.Status == SyncStatus.Completed
            ? new StateRepairResult(path.Path, source, DateTimeOffset.UtcNow, plan.New - plan.Held, kept)
            : throw new InboundProvisioningException(
                "StateNotRepaired", FaultKind.InvalidData, $"The file cannot be a baseline: {string.Join(" ", result.Stops.Select(static stop => stop.Reason))}", path.Path);
    }
}
