using System;
using System.Management.Automation;
using System.Threading;
using InboundProvisioning.PowerShell.Abstractions;
using InboundProvisioning.Sync;

namespace InboundProvisioning.PowerShell.Commands;

/// <summary>Brings the newest good copy of a damaged or lost state back.</summary>
[Cmdlet(VerbsDiagnostic.Repair, "ProvisioningState", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(StateRepairResult))]
public sealed class RepairProvisioningStateCommand : StateCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessRecord() => Guard(() =>
    {
        if (ShouldProcess(FullStatePath, "Put the newest good copy in its place"))
        {
            WriteObject(StateRepair.FromCopy(FullStatePath, TimeProvider.System, CancellationToken.None));
        }
    });
}
