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
        var selection = new RecordSelection
        {
            Statuses = Status,
            Since = MyInvocation.BoundParameters.ContainsKey(nameof(Since)) ? Since : null,
        };
        IReadOnlyList<string> unknown = KnownRecords.Read(FullStatePath, namesPeople ? [.. ExternalId.Where(static id => id.Length > 0)] : null, selection, record =>
        {
            WriteObject(record);
            return !_isStopping;
        });
        foreach (string id in unknown)
        {
            WriteError(ErrorRecords.From(
                new InboundProvisioningException("RecordNotFound", FaultKind.NotFound, $"The state {StatePath} knows nobody with the externalId '{id}'.", id), id));
        }
    });

    /// <inheritdoc/>
    protected override void StopProcessing() => _isStopping = true;
}
