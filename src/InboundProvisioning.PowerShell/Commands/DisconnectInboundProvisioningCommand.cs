using System.Management.Automation;

namespace InboundProvisioning.PowerShell.Commands;

/// <summary>Forgets the session's connection and its tokens. Without a connection it does nothing.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "InboundProvisioning")]
[OutputType(typeof(void))]
public sealed class DisconnectInboundProvisioningCommand : PSCmdlet
{
    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        SessionConnection.Current?.Service.Dispose();
        SessionConnection.Current = null;
    }
}
