using System;
using System.Management.Automation;
using InboundProvisioning.Graph;
using InboundProvisioning.State;
using InboundProvisioning.State.Blob;

namespace InboundProvisioning.PowerShell.Abstractions;

/// <summary>Finds the state that -StatePath names: a file, or a blob by its URL.</summary>
internal static class StatePaths
{
    private const string Parameter = "StatePath";

    /// <summary>The state.</summary>
    /// <param name="cmdlet">The cmdlet that has the parameter.</param>
    /// <param name="statePath">What it was given.</param>
    /// <param name="connection">The connection of the session or of the cmdlet; asked for a blob alone. Null where there is none.</param>
    /// <exception cref="InboundProvisioningException"><c>NotAFile</c>, and what <see cref="BlobStates.Locate"/> finds.</exception>
    public static StateLocation Resolve(PSCmdlet cmdlet, string statePath, Func<ServiceConnection?> connection)
    {
        if (!BlobStates.IsUrl(statePath))
        {
            return StateLocation.OfFile(FilePaths.ResolveLiteral(cmdlet, statePath));
        }

        // Error records show what a cmdlet was called with, and a signature is a secret.
        if (cmdlet.MyInvocation.BoundParameters.ContainsKey(Parameter))
        {
            cmdlet.MyInvocation.BoundParameters[Parameter] = BlobStates.Shown(statePath);
        }

        return BlobStates.Locate(statePath, ConnectionOrNull(connection));
    }

    private static ServiceConnection? ConnectionOrNull(Func<ServiceConnection?> connection)
    {
        try
        {
            return connection();
        }
        catch (InboundProvisioningException fault) when (fault.ErrorId == "NotConnected")
        {
            return null;
        }
    }
}
