using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using InboundProvisioning.Outcomes;
using InboundProvisioning.PowerShell.Abstractions;
using InboundProvisioning.State;

namespace InboundProvisioning.PowerShell.Commands;

/// <summary>The people of a state, and what became of the record of each.</summary>
[Cmdlet(VerbsCommon.Get, "ProvisioningState")]
[OutputType(typeof(ProvisioningRecord))]
public sealed class GetProvisioningStateCommand : StateCmdlet
{
    private readonly List<string> _people = [];
    private bool _isStopping;

    /// <summary>Whom, without regard to case; left out, everybody.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("SourceId")]
    [AllowEmptyCollection]
    public string[] ExternalId { get; set; } = [];

    /// <summary>What became of their records.</summary>
    [Parameter]
    public RecordStatus[] Status { get; set; } = [];

    /// <summary>The time since which something became of them.</summary>
    [Parameter]
    public DateTimeOffset Since { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Guard(() =>
    {
        bool namesPeople = MyInvocation.BoundParameters.ContainsKey(nameof(ExternalId)) || MyInvocation.ExpectingInput;
        string[] people = [.. ExternalId.Where(static id => id.Length > 0)];
        if (MyInvocation.ExpectingInput && !State.IsFile)
        {
            // Fetched once, and not for each person.
            _people.AddRange(people);
            return;
        }

        Read(namesPeople ? people : null);
    });

    /// <inheritdoc/>
    protected override void EndProcessing() => Guard(() =>
    {
        if (_people.Count > 0)
        {
            Read(_people);
        }
    });

    /// <inheritdoc/>
    protected override void StopProcessing() => _isStopping = true;

    private void Read(IReadOnlyCollection<string>? people)
    {
        var selection = new RecordSelection
        {
            Statuses = Status,
            Since = MyInvocation.BoundParameters.ContainsKey(nameof(Since)) ? Since : null,
        };
        IReadOnlyList<string> unknown = KnownRecords.Read(State, people, selection, record =>
        {
            WriteObject(record);
            return !_isStopping;
        });
        WriteUnknown(unknown);
    }
}
