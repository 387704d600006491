using System.Management.Automation;
using InboundProvisioning.PowerShell.Connections;

namespace InboundProvisioning.PowerShell.Commands;

/// <summary>Forgets connections and their tokens: the ones that are named, else all of the session. Without a connection it does nothing.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "InboundProvisioning")]
[OutputType(typeof(void))]
public sealed class DisconnectInboundProvisioningCommand : PSCmdlet
{
    /// <summary>Connections of Connect-InboundProvisioning; left out, all of this session.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    public InboundProvisioningConnection[]? Connection { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (InboundProvisioningConnection connection in Connection ?? [.. SessionConnections.Current.All])
        {
            SessionConnections.Close(connection);
        }
    }
}
