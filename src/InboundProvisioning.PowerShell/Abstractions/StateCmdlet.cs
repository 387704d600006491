using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using InboundProvisioning.PowerShell.Connections;
using InboundProvisioning.State;

namespace InboundProvisioning.PowerShell.Abstractions;

/// <summary>A cmdlet that is about the state of a synchronization, and makes no call.</summary>
public abstract class StateCmdlet : PSCmdlet
{
    private StateLocation? _state;

    /// <summary>The state of Sync-InboundProvisioning.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string StatePath { get; set; } = string.Empty;

    /// <summary>The state that is meant; from then on <see cref="StatePath"/> can be shown.</summary>
    private protected StateLocation State
    {
        get
        {
            if (_state is null || StatePath != _state.Path)
            {
                _state = StatePaths.Resolve(this, StatePath, static () => SessionConnections.Current.Default?.Service);
                StatePath = _state.Path;
            }

            return _state;
        }
    }

    /// <summary>Writes an error for each person whom the state does not know; the others go on.</summary>
    private protected void WriteUnknown(string statePath, IEnumerable<string> people)
    {
        foreach (string id in people)
        {
            WriteError(ErrorRecords.From(
                new InboundProvisioningException("RecordNotFound", FaultKind.NotFound, $"The state {statePath} knows nobody with the externalId '{id}'.", id), id));
        }
    }

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
