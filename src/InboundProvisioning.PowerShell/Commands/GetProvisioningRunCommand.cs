using System.Management.Automation;
using InboundProvisioning.PowerShell.Abstractions;
using InboundProvisioning.Sync;

namespace InboundProvisioning.PowerShell.Commands;

/// <summary>The last runs of Sync-InboundProvisioning, the newest first.</summary>
[Cmdlet(VerbsCommon.Get, "ProvisioningRun")]
[OutputType(typeof(ProvisioningRun))]
public sealed class GetProvisioningRunCommand : StateCmdlet
{
    /// <summary>How many runs. Default 30.</summary>
    [Parameter(Position = 1)]
    [ValidateRange(1, int.MaxValue)]
    public int Last { get; set; } = 30;

    /// <inheritdoc/>
    protected override void ProcessRecord() => Guard(() => WriteObject(ProvisioningRun.Read(State, Last), enumerateCollection: true));
}
