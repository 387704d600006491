using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace InboundProvisioning.PowerShell;

/// <summary>
/// The connection that cmdlets use where none is named, one for each runspace: parallel runspaces do not see one another's. For
/// the pipeline thread alone, whose default runspace is the session's.
/// </summary>
internal static class SessionConnection
{
    private static readonly ConditionalWeakTable<Runspace, StrongBox<InboundProvisioningConnection?>> Connections = new();

    public static InboundProvisioningConnection? Current
    {
        get => Box().Value;
        set => Box().Value = value;
    }

    private static StrongBox<InboundProvisioningConnection?> Box() => Connections.GetOrCreateValue(Runspace.DefaultRunspace);
}
