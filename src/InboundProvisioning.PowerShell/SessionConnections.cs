using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace InboundProvisioning.PowerShell;

/// <summary>
/// The connections of a session, one list for each runspace: parallel runspaces do not see one another's. For the pipeline thread
/// alone, whose default runspace is the session's.
/// </summary>
internal static class SessionConnections
{
    private static readonly ConditionalWeakTable<Runspace, List<InboundProvisioningConnection>> Connections = new();

    /// <summary>All of them, the last one made first.</summary>
    public static IReadOnlyList<InboundProvisioningConnection> All => [.. Enumerable.Reverse(List())];

    /// <summary>The one that cmdlets use where none is named: the last one made. Null where there is none.</summary>
    public static InboundProvisioningConnection? Default => List().LastOrDefault();

    /// <summary>Adds a connection, the default from now on.</summary>
    public static void Add(InboundProvisioningConnection connection) => List().Add(connection);

    /// <summary>Closes a connection, of whichever runspace it is.</summary>
    public static void Close(InboundProvisioningConnection connection)
    {
        List().Remove(connection);
        connection.Service.Dispose();
    }

    // Properties of a connection may be read where there is no runspace.
    private static List<InboundProvisioningConnection> List() =>
        Runspace.DefaultRunspace is Runspace runspace ? Connections.GetOrCreateValue(runspace) : [];
}
