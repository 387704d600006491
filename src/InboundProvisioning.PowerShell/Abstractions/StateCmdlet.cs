using System;
using System.IO;
using System.Management.Automation;

namespace InboundProvisioning.PowerShell.Abstractions;

/// <summary>A cmdlet that is about the state of a synchronization, and makes no call.</summary>
public abstract class StateCmdlet : PSCmdlet
{
    /// <summary>The state of Sync-InboundProvisioning.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string StatePath { get; set; } = string.Empty;

    private protected string FullStatePath => FilePaths.ResolveLiteral(this, StatePath);

    private protected void Guard(Action action)
    {
        try
        {
            action();
        }
        catch (Exception fault) when (fault is InboundProvisioningException or IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(ErrorRecords.From(fault));
        }
    }
}
