using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using InboundProvisioning.Authentication;
using InboundProvisioning.Permissions;
using InboundProvisioning.PowerShell.Connections;

namespace InboundProvisioning.PowerShell.Commands;

/// <summary>
/// Says who is connected, to what, until when, and with which permissions as far as the token tells; warns of those that cmdlets will
/// need. No call is made. Without a connection it gives nothing.
/// </summary>
[Cmdlet(VerbsCommon.Get, "InboundProvisioningContext")]
[OutputType(typeof(InboundProvisioningConnection))]
public sealed class GetInboundProvisioningContextCommand : PSCmdlet
{
    /// <summary>The connection to look at; left out, the default one.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ValidateNotNull]
    public InboundProvisioningConnection? Connection { get; set; }

    /// <summary>All connections of the session, the last one made first.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    /// <summary>The tasks whose permissions are looked for. Default: Upload, Log, Job and Schema.</summary>
    [Parameter]
    public ProvisioningTask[] For { get; set; } = [ProvisioningTask.Upload, ProvisioningTask.Log, ProvisioningTask.Job, ProvisioningTask.Schema];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        IReadOnlyList<InboundProvisioningConnection> connections = All.IsPresent ? SessionConnections.Current.All
            : (Connection ?? SessionConnections.Current.Default) is InboundProvisioningConnection one ? [one]
            : [];
        if (connections.Count == 0)
        {
            WriteVerbose("There is no connection in this session. Connect-InboundProvisioning makes one.");
        }

        foreach (InboundProvisioningConnection connection in connections)
        {
            WarnOfMissing(connection);
            WriteObject(connection);
        }
    }

    private void WarnOfMissing(InboundProvisioningConnection connection)
    {
        if (connection.KnownPermissions is not IReadOnlyList<string> held)
        {
            return;
        }

        IEnumerable<string> missing = GraphPermissions.Missing(held, For)
            .GroupBy(static need => need.Permission, static need => need.Use)
            .Select(static permission => $"{permission.Key} ({string.Join(", ", permission)})");
        string list = string.Join("; ", missing);
        if (list.Length > 0)
        {
            WriteWarning($"The token of {connection} lacks: {list}. {Remedy(connection)}");
        }
    }

    private static string Remedy(InboundProvisioningConnection connection) => connection.AuthenticationType == AuthenticationType.Delegated
        ? "Connect again with -Scope and what you need of these."
        : "Grant-ProvisioningPermission grants what you need of these; tokens that are issued after that have it.";
}
