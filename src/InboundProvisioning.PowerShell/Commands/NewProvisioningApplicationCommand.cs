using System;
using System.Management.Automation;
using InboundProvisioning.Applications;
using InboundProvisioning.PowerShell.Abstractions;

namespace InboundProvisioning.PowerShell.Commands;

/// <summary>
/// Makes a provisioning app from the gallery with its job and its notification settings, to a state ready to start. Run again, it
/// goes on with what is there.
/// </summary>
[Cmdlet(VerbsCommon.New, "ProvisioningApplication", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(ProvisioningApplication))]
public sealed class NewProvisioningApplicationCommand : ServiceCmdlet
{
    private const string Activity = "Creating a provisioning application";

    /// <summary>The name of the app. An app of the name and of the same gallery template is taken as it.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? DisplayName { get; set; }

    /// <summary>Who is told of failures. Without one the job goes into quarantine at its first start.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateEmailAddress]
    public string? NotificationEmail { get; set; }

    /// <summary>Where the app writes to. Default EntraId.</summary>
    [Parameter]
    public TargetSystem TargetSystem { get; set; } = TargetSystem.EntraId;

    /// <summary>The deletions in one cycle beyond which the job stops. Default 500, Microsoft's figure; it cannot be switched off.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int AccidentalDeletionThreshold { get; set; } = 500;

    /// <summary>Sets notification email and threshold also where others are there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => RunWithGraph(async (run, stop) =>
    {
        var creator = new ProvisioningApplicationCreator(
            run.Graph,
            run.Notices,
            TimeProvider.System,
            run.ShouldProcessAsync,
            run.WriteWarning,
            step => run.WriteProgress(new ProgressRecord(1, Activity, step)));
        ProvisioningApplication? application = await creator.CreateAsync(
            new ProvisioningApplicationSettings(DisplayName!, TargetSystem, NotificationEmail!, AccidentalDeletionThreshold, Force), stop).ConfigureAwait(false);
        run.WriteProgress(new ProgressRecord(1, Activity, " ") { RecordType = ProgressRecordType.Completed });
        if (application is not null)
        {
            run.WriteObject(application);
        }
    });
}
