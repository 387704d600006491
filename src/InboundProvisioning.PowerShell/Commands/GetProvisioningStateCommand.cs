using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using InboundProvisioning.Outcomes;
using InboundProvisioning.PowerShell.Abstractions;
using InboundProvisioning.PowerShell.Completers;
using InboundProvisioning.State;

namespace InboundProvisioning.PowerShell.Commands;

/// <summary>The people of a state, and what became of the record of each.</summary>
[Cmdlet(VerbsCommon.Get, "ProvisioningState")]
[OutputType(typeof(ProvisioningRecord))]
public sealed class GetProvisioningStateCommand : StateCmdlet
{
    private readonly List<string> _people = [];
    private StateLocation? _of;
    private bool _isStopping;

    /// <summary>Whom, without regard to case; left out, everybody.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("SourceId")]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(KnownPersonCompleter))]
    public string?[]? ExternalId { get; set; } = [];

    /// <summary>What became of their records.</summary>
    [Parameter]
    public RecordStatus[]? Status { get; set; } = [];

    /// <summary>The time since which something became of them.</summary>
    [Parameter]
    public DateTimeOffset Since { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Guard(() =>
    {
        bool namesPeople = MyInvocation.BoundParameters.ContainsKey(nameof(ExternalId)) || MyInvocation.ExpectingInput;
        if (!namesPeople)
        {
            Read(State, people: null);
            return;
        }

        // Opened once, and not for each person; objects of the pipeline can name another state.
        StateLocation state = State;
        if (_of?.Path != state.Path)
        {
            ReadNamed();
        }

        _of = state;
        _people.AddRange((ExternalId ?? []).OfType<string>().Where(static id => id.Length > 0));
    });

    /// <inheritdoc/>
    protected override void EndProcessing() => Guard(ReadNamed);

    /// <inheritdoc/>
    protected override void StopProcessing() => _isStopping = true;

    private void ReadNamed()
    {
        if (_people.Count > 0)
        {
            Read(_of!, _people);
            _people.Clear();
        }
    }

    private void Read(StateLocation state, IReadOnlyCollection<string>? people)
    {
        var selection = new RecordSelection
        {
            Statuses = Status ?? [],
            Since = MyInvocation.BoundParameters.ContainsKey(nameof(Since)) ? Since : null,
        };
        IReadOnlyList<string> unknown = KnownRecords.Read(state, people, selection, record =>
        {
            WriteObject(record);
            return !_isStopping;
        });
        WriteUnknown(state.Path, unknown);
    }
}
