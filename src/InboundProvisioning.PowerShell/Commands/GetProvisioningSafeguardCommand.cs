using System.Management.Automation;
using InboundProvisioning.PowerShell.Abstractions;
using InboundProvisioning.Sync.Safeguards;

namespace InboundProvisioning.PowerShell.Commands;

/// <summary>The limits that count for the next run of Sync-InboundProvisioning.</summary>
[Cmdlet(VerbsCommon.Get, "ProvisioningSafeguard")]
[OutputType(typeof(SafeguardSetting))]
public sealed class GetProvisioningSafeguardCommand : StateCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessRecord() => Guard(() => WriteObject(KeptSafeguards.Read(State), enumerateCollection: true));
}
