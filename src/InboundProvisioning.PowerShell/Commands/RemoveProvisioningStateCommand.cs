using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using InboundProvisioning.PowerShell.Abstractions;
using InboundProvisioning.PowerShell.Completers;
using InboundProvisioning.Sync;

namespace InboundProvisioning.PowerShell.Commands;

/// <summary>Takes people out of a state and its copies; no account is touched.</summary>
[Cmdlet(VerbsCommon.Remove, "ProvisioningState", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
public sealed class RemoveProvisioningStateCommand : StateCmdlet
{
    private readonly HashSet<string> _people = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whom, without regard to case.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("SourceId")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(KnownPersonCompleter))]
    public string[] ExternalId { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord() => Guard(() =>
    {
        string path = State.Path;
        foreach (string id in ExternalId.Where(id => ShouldProcess(id, $"Forget in {path}; the account stays as it is, and a record that is still in the source is a new one to the next run")))
        {
            _people.Add(id);
        }
    });

    /// <inheritdoc/>
    protected override void EndProcessing() => Guard(() =>
    {
        if (_people.Count == 0)
        {
            return;
        }

        IReadOnlyList<string> unknown = RecordErasure.Erase(State, _people, TimeProvider.System, CancellationToken.None);
        WriteUnknown(StatePath, unknown);

        WriteVerbose(
            $"{_people.Count - unknown.Count} people are forgotten, in the copies of the state too. Who is still in the source is new to the next run, which sends the record again; who is not is nobody's concern any more: the account stays as it is.");
    });
}
