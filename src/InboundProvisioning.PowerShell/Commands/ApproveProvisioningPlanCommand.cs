using System;
using System.Management.Automation;
using InboundProvisioning.PowerShell.Abstractions;
using InboundProvisioning.State;
using InboundProvisioning.Sync;

namespace InboundProvisioning.PowerShell.Commands;

/// <summary>Lets the people and changes of a plan pass once, which a safeguard has stopped.</summary>
[Cmdlet(VerbsLifecycle.Approve, "ProvisioningPlan", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(PlanApproval))]
public sealed class ApproveProvisioningPlanCommand : StateCmdlet
{
    /// <summary>The plan, as the stop names it.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("PlanId")]
    [ValidateNotNullOrEmpty]
    public string Id { get; set; } = string.Empty;

    /// <summary>Why it is right.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Reason { get; set; } = string.Empty;

    /// <summary>For how long the approval counts. Default 7 days.</summary>
    [Parameter]
    public TimeSpan Expires { get; set; } = TimeSpan.FromDays(7);

    /// <inheritdoc/>
    protected override void ProcessRecord() => Guard(() =>
    {
        if (Expires <= TimeSpan.Zero || Expires > TimeSpan.FromDays(30))
        {
            throw new InboundProvisioningException(
                "InvalidExpiry", FaultKind.InvalidArgument, "-Expires takes a time up to 30 days, such as (New-TimeSpan -Days 7).", Expires);
        }

        if (ShouldProcess(FullStatePath, $"Let the people and changes of plan {Id} pass once"))
        {
            WriteObject(PlanApprovals.Approve(
                FullStatePath, Id, System.Environment.UserDomainName + "\\" + System.Environment.UserName, Reason, Expires, TimeProvider.System));
        }
    });
}
