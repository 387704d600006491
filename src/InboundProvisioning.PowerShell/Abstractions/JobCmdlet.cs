using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Graph;
using InboundProvisioning.Jobs;
using InboundProvisioning.PowerShell.Completers;

namespace InboundProvisioning.PowerShell.Abstractions;

/// <summary>A cmdlet that is about one provisioning job: the one that its parameters name, else that of the connection.</summary>
public abstract class JobCmdlet : ServiceCmdlet
{
    /// <summary>The object id of the enterprise application, used as it is; an app id is looked up after a 404.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ServicePrincipalId { get; set; }

    /// <summary>The display name of the enterprise application, in place of ServicePrincipalId; several of the name are an error that lists them.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ApplicationName { get; set; }

    /// <summary>The id of the provisioning job; left out, the only job of the service principal is looked up.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(JobIdCompleter))]
    public string? JobId { get; set; }

    /// <summary>The provisioning API endpoint as the portal shows it, in place of ServicePrincipalId and JobId.</summary>
    [Parameter]
    [ValidateNotNull]
    public Uri? ProvisioningEndpoint { get; set; }

    /// <inheritdoc/>
    internal override ProvisioningEndpoint? ParsedEndpoint =>
        ProvisioningEndpoint is null ? null : Jobs.ProvisioningEndpoint.Parse(ProvisioningEndpoint);

    /// <summary>The job that is meant, as far as the parameters and the connection name it.</summary>
    /// <param name="ofConnection">What <see cref="ServiceCmdlet.Connect"/> gives.</param>
    /// <exception cref="InboundProvisioningException"><c>TargetMissing</c>, and the faults of the parameters.</exception>
    internal ProvisioningTarget Target(ProvisioningTarget ofConnection)
    {
        ProvisioningTarget target = ProvisioningTarget.From(ServicePrincipalId, ApplicationName, JobId, ParsedEndpoint).Or(ofConnection);
        return !target.IsNamed
            ? throw new InboundProvisioningException(
                "TargetMissing",
                FaultKind.InvalidArgument,
                "Which provisioning job? Give -ServicePrincipalId or -ApplicationName (with -JobId, if the app has several), or -ProvisioningEndpoint with the URL from the portal.")
            : target;
    }

    /// <summary>As <see cref="ServiceCmdlet.RunWithGraph"/>, with the job that is meant, looked up where its id is not given.</summary>
    /// <param name="work">The work.</param>
    /// <param name="check">Looks at the connection before any call; or null.</param>
    /// <param name="known">The job that the input names, in place of the parameters; or null.</param>
    internal void RunWithJob(
        Func<GraphRun, ProvisioningJobAddress, CancellationToken, Task> work, Action<ServiceConnection>? check = null, ProvisioningTarget? known = null) =>
        RunWithGraph(async (run, stop) =>
        {
            check?.Invoke(run.Connection);
            ProvisioningTarget target = known ?? Target(run.Target);
            ProvisioningJobAddress job = await target.LocateAsync(run.Graph, run.Notices, stop).ConfigureAwait(false);
            await new ProvisioningJobLocator(run.Graph).WithObjectIdAsync(
                job,
                async found =>
                {
                    await work(run, found, stop).ConfigureAwait(false);
                    return found;
                },
                run.Notices,
                stop).ConfigureAwait(false);
        });
}
