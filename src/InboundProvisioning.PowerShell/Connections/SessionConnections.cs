using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace InboundProvisioning.PowerShell.Connections;

/// <summary>The connections of a session. Each runspace has its own: parallel runspaces do not see one another's.</summary>
internal sealed class SessionConnections
{
    private static readonly ConditionalWeakTable<Runspace, SessionConnections> Sessions = new();

    // Replaced, never changed: a connection that is handed to another runspace may be closed there.
    private InboundProvisioningConnection[] _connections = [];

    /// <summary>Those of this session; for the pipeline thread alone, whose default runspace is the session's.</summary>
    public static SessionConnections Current => Sessions.GetOrCreateValue(Runspace.DefaultRunspace);

    /// <summary>All of them, the last one made first.</summary>
    public IReadOnlyList<InboundProvisioningConnection> All => [.. Enumerable.Reverse(_connections)];

    /// <summary>The one that cmdlets use where none is named: the last one made. Null where there is none.</summary>
    public InboundProvisioningConnection? Default => _connections.LastOrDefault();

    /// <summary>Closes a connection, of whichever session it is.</summary>
    public static void Close(InboundProvisioningConnection connection)
    {
        if (connection.Session is SessionConnections session)
        {
            lock (session)
            {
                session._connections = Array.FindAll(session._connections, other => other != connection);
            }

            connection.Session = null;
        }

        connection.Service.Dispose();
    }

    /// <summary>Adds a connection, the default from now on.</summary>
    public void Add(InboundProvisioningConnection connection)
    {
        lock (this)
        {
            _connections = [.. _connections, connection];
        }

        connection.Session = this;
    }
}
