using System;
using System.Management.Automation;
using InboundProvisioning.PowerShell.Abstractions;
using InboundProvisioning.PowerShell.Completers;
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
    [ArgumentCompleter(typeof(StoppedPlanCompleter))]
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
        // A bare 7 is 7 ten-millionths of a second to PowerShell: such an approval would be over at once.
        if (Expires < TimeSpan.FromMinutes(1) || Expires > TimeSpan.FromDays(30))
        {
            throw new InboundProvisioningException(
                "InvalidExpiry", FaultKind.InvalidArgument, "-Expires takes a time from a minute to 30 days: '7.00:00:00' or (New-TimeSpan -Days 7); a bare 7 is no days.", Expires);
        }

        StateLocation state = State;
        if (ShouldProcess(state.Path, $"Let the people and changes of plan {Id} pass once"))
        {
            WriteObject(PlanApprovals.Approve(
                state, Id, System.Environment.UserDomainName + "\\" + System.Environment.UserName, Reason, Expires, TimeProvider.System));
        }
    });
}
