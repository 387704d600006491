using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Graph;
using InboundProvisioning.Http;
using InboundProvisioning.Jobs;
using InboundProvisioning.Permissions;

namespace InboundProvisioning.Applications;

/// <summary>
/// Makes a provisioning app from the gallery, its job and its notification settings; what is there already is kept. The steps are
/// those of https://learn.microsoft.com/entra/identity/app-provisioning/application-provisioning-configuration-api, for the apps of
/// https://learn.microsoft.com/entra/identity/app-provisioning/inbound-provisioning-api-configure-app.
/// </summary>
public sealed class ProvisioningApplicationCreator
{
    // A new service principal is not found everywhere at once. Microsoft names no figure; it takes seconds, rarely a minute.
    private static readonly TimeSpan LongestReplication = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private readonly GraphClient _graph;
    private readonly ProvisioningJobClient _jobs;
    private readonly IProgress<RetryNotice>? _notices;
    private readonly TimeProvider _time;
    private readonly Func<string, string, Task<bool>> _approve;
    private readonly Action<string> _warn;
    private readonly Action<string> _doing;

    /// <summary>Creates it.</summary>
    /// <param name="graph">Makes the calls.</param>
    /// <param name="notices">Is told of each retry; or null.</param>
    /// <param name="time">The clock of waits.</param>
    /// <param name="approve">Asks, with target and action, whether to make a change.</param>
    /// <param name="warn">Is told of what was left otherwise than asked for.</param>
    /// <param name="doing">Is told of each step.</param>
    public ProvisioningApplicationCreator(
        GraphClient graph, IProgress<RetryNotice>? notices, TimeProvider time, Func<string, string, Task<bool>> approve, Action<string> warn, Action<string> doing)
    {
        _graph = graph;
        _jobs = new ProvisioningJobClient(graph, notices, time);
        _notices = notices;
        _time = time;
        _approve = approve;
        _warn = warn;
        _doing = doing;
    }

    /// <summary>Makes what is missing.</summary>
    /// <returns>The app; null where it is not there and was not approved.</returns>
    /// <exception cref="InboundProvisioningException">
    /// <c>SeveralApplications</c>, <c>SeveralJobs</c>, <c>JobTemplateNotFound</c>, <c>ApplicationNotReady</c>, and those of the calls. After
    /// any of them it can be run again: it goes on with what is there.
    /// </exception>
    public async Task<ProvisioningApplication?> CreateAsync(ProvisioningApplicationSettings settings, CancellationToken cancellationToken)
    {
        _doing($"Looking for '{settings.DisplayName}'");
        ServicePrincipal? found = await FindAsync(settings, cancellationToken).ConfigureAwait(false);
        StepStatus application = found is null ? StepStatus.Created : StepStatus.Existing;
        if (found is null)
        {
            if (!await _approve(
                $"'{settings.DisplayName}'", $"Create the application from the gallery template {TemplateId(settings.TargetSystem)}, its provisioning job, and the notification settings").ConfigureAwait(false))
            {
                return null;
            }

            _doing($"Creating '{settings.DisplayName}'");
            found = await InstantiateAsync(settings, cancellationToken).ConfigureAwait(false);
        }

        _doing("Waiting until the service principal is found");
        string template = await JobTemplateAsync(found, settings.TargetSystem, cancellationToken).ConfigureAwait(false);
        (ProvisioningJob? job, StepStatus jobStatus) = await JobAsync(found, template, application, cancellationToken).ConfigureAwait(false);
        StepStatus notification = await NotificationAsync(found, settings, isNew: application == StepStatus.Created, cancellationToken).ConfigureAwait(false);
        return new ProvisioningApplication
        {
            DisplayName = found.DisplayName,
            ServicePrincipalId = found.Id,
            AppId = found.AppId,
            TargetSystem = settings.TargetSystem,
            JobId = job?.JobId,
            ProvisioningEndpoint = job?.ProvisioningEndpoint,
            Application = application,
            Job = jobStatus,
            NotificationSettings = notification,
            RemainingSteps = [.. Remaining(settings.TargetSystem, found, job, notification)],
        };
    }

    // The gallery's "API-driven provisioning to Microsoft Entra ID" and "... to on-premises Active Directory".
    private static string TemplateId(TargetSystem target) =>
        target == TargetSystem.EntraId ? "40d8f01e-b0d7-4b4f-938b-05190712e598" : "ec7c5431-5d84-453f-80d3-e3385e284eef";

    private static IEnumerable<string> Remaining(TargetSystem target, ServicePrincipal app, ProvisioningJob? job, StepStatus notification)
    {
        if (notification == StepStatus.Skipped)
        {
            yield return "The notification settings were left as they were; see that they name an email address, since a job without one goes into quarantine at its first start.";
        }

        if (target == TargetSystem.ActiveDirectory)
        {
            yield return "Install and register the Microsoft Entra provisioning agent, and choose the domain and the container for new users in the portal "
                + "(https://learn.microsoft.com/entra/identity/app-provisioning/inbound-provisioning-api-configure-app).";
        }

        yield return "Review the attribute mappings of the app in the portal, such as that of userName to userPrincipalName; attributes of your own are added with Set-ProvisioningSchemaExtension.";
        yield return "Grant the app or managed identity that sends its permissions: Grant-ProvisioningPermission -ServicePrincipalId <its object id> -For Upload, Log";
        if (job is not null && !job.IsRunning)
        {
            yield return "Start the job: " + JobAdvice.StartCommand(app.Id, job.JobId);
        }
    }

    private async Task<ServicePrincipal?> FindAsync(ProvisioningApplicationSettings settings, CancellationToken cancellationToken)
    {
        IReadOnlyList<ServicePrincipal> named = await new ServicePrincipalLocator(_graph, _notices).FindAllByNameAsync(settings.DisplayName, cancellationToken).ConfigureAwait(false);
        List<ServicePrincipal> same = named
            .Where(one => string.Equals(one.ApplicationTemplateId, TemplateId(settings.TargetSystem), StringComparison.OrdinalIgnoreCase)).ToList();
        return same.Count <= 1
            ? same.FirstOrDefault()
            : throw new InboundProvisioningException(
                "SeveralApplications",
                FaultKind.InvalidArgument,
                $"{same.Count} provisioning apps are named '{settings.DisplayName}': {string.Join(", ", same.Select(static one => one.ToString()))}. Delete those that are not wanted, or take another name.",
                settings.DisplayName);
    }

    // https://learn.microsoft.com/graph/api/applicationtemplate-instantiate
    private async Task<ServicePrincipal> InstantiateAsync(ProvisioningApplicationSettings settings, CancellationToken cancellationToken)
    {
        string template = TemplateId(settings.TargetSystem);
        GraphResponse response = await _graph.SendAsync(
            new GraphRequest(
                HttpMethod.Post,
                $"applicationTemplates/{template}/instantiate",
                $"Creating the application '{settings.DisplayName}'",
                GraphPermissions.WriteApplications + $" (or {GraphPermissions.WriteOwnedApplications})",
                $"gallery template '{template}' in this cloud")
            {
                Body = JsonBody.Write(writer => writer.WriteString("displayName", settings.DisplayName)),
                MakesSomething = true,
            },
            _notices,
            cancellationToken).ConfigureAwait(false);
        using JsonDocument document = response.ReadJson();
        return document.RootElement.TryGetProperty("servicePrincipal", out JsonElement principal) && principal.ValueKind == JsonValueKind.Object
            && principal.Text("id") is string id
                ? new ServicePrincipal(id, principal.Text("appId") ?? string.Empty, principal.Text("displayName") ?? settings.DisplayName, template)
                : throw response.NotUnderstood("something that is not an application with its service principal");
    }

    // https://learn.microsoft.com/graph/api/synchronization-synchronization-list-templates
    private async Task<string> JobTemplateAsync(ServicePrincipal app, TargetSystem target, CancellationToken cancellationToken)
    {
        string wanted = target == TargetSystem.EntraId ? "API2AAD" : "API2AD";
        List<string> ids = await WhenFoundAsync(app, () => TemplatesAsync(app, cancellationToken), cancellationToken).ConfigureAwait(false);
        return ids.Find(id => string.Equals(id, wanted, StringComparison.OrdinalIgnoreCase))
            ?? throw new InboundProvisioningException(
                "JobTemplateNotFound",
                FaultKind.NotFound,
                $"The app {app} has no job template '{wanted}'. It has: {(ids.Count == 0 ? "none" : string.Join(", ", ids))}.",
                app);
    }

    private async Task<List<string>> TemplatesAsync(ServicePrincipal app, CancellationToken cancellationToken)
    {
        var ids = new List<string>();
        var request = new GraphRequest(
            HttpMethod.Get,
            $"servicePrincipals/{Uri.EscapeDataString(app.Id)}/synchronization/templates",
            $"Reading the job templates of {app}",
            GraphPermissions.ReadSynchronization,
            $"service principal {app}");
        await foreach (GraphPage page in _graph.ReadPagesAsync(request, _notices, cancellationToken).ConfigureAwait(false))
        {
            ids.AddRange(page.Items.Select(static item => item.Text("id")).Where(static id => id is not null)!);
        }

        return ids;
    }

    private async Task<(ProvisioningJob? Job, StepStatus Status)> JobAsync(
        ServicePrincipal app, string template, StepStatus application, CancellationToken cancellationToken)
    {
        _doing("Looking for the provisioning job");
        IReadOnlyList<ProvisioningJob> jobs = await WhenFoundAsync(app, () => _jobs.ListAsync(app.Id, cancellationToken), cancellationToken).ConfigureAwait(false);
        List<ProvisioningJob> same = jobs.Where(job => string.Equals(job.TemplateId, template, StringComparison.OrdinalIgnoreCase)).ToList();
        if (same.Count > 0)
        {
            return same.Count == 1 ? (same[0], StepStatus.Existing) : throw new InboundProvisioningException(
                "SeveralJobs", FaultKind.InvalidArgument, $"The app {app} has {same.Count} jobs: {string.Join(", ", same.Select(static job => job.JobId))}. Delete those that are not wanted.", app);
        }

        // What was approved with the app is not asked again.
        if (application != StepStatus.Created && !await _approve(app.ToString(), $"Create a provisioning job from the template {template}").ConfigureAwait(false))
        {
            return (null, StepStatus.Skipped);
        }

        _doing("Creating the provisioning job");

        // https://learn.microsoft.com/graph/api/synchronization-synchronization-post-jobs
        GraphResponse response = await WhenFoundAsync(
            app,
            () => _graph.SendAsync(
                new GraphRequest(
                    HttpMethod.Post, ProvisioningJobAddress.JobsPath(app.Id), $"Creating the job of {app}", GraphPermissions.WriteSynchronization, $"service principal {app}")
                {
                    Body = JsonBody.Write(writer => writer.WriteString("templateId", template)),
                    MakesSomething = true,
                },
                _notices,
                cancellationToken),
            cancellationToken).ConfigureAwait(false);
        using JsonDocument document = response.ReadJson();
        string id = document.RootElement.Text("id") ?? throw response.NotUnderstood("a job without an id");
        return (ProvisioningJobReader.Read(document.RootElement, app.Id, id, _graph.Endpoints), StepStatus.Created);
    }

    private async Task<StepStatus> NotificationAsync(ServicePrincipal app, ProvisioningApplicationSettings settings, bool isNew, CancellationToken cancellationToken)
    {
        var wanted = new NotificationSettings(settings.NotificationEmail, settings.AccidentalDeletionThreshold);
        _doing("Setting notification email and accidental-deletion threshold");
        NotificationSettings? present = null;
        if (!isNew)
        {
            bool isKnown;
            (isKnown, present) = await ReadNotificationAsync(app, cancellationToken).ConfigureAwait(false);
            if (present == wanted)
            {
                return StepStatus.Existing;
            }

            if ((present is not null || !isKnown) && !settings.OverwriteSettings)
            {
                _warn($"The notification settings of {app} are left as they are ({present?.ToString() ?? "they cannot be read"}), not {wanted}. -Force sets them.");
                return StepStatus.Skipped;
            }

            if (!await _approve(app.ToString(), $"Set the notification settings: {wanted}" + (present is null ? string.Empty : $", in place of {present}")).ConfigureAwait(false))
            {
                return StepStatus.Skipped;
            }
        }

        // https://learn.microsoft.com/graph/api/synchronization-serviceprincipal-put-synchronization
        await WhenFoundAsync(
            app,
            () => _graph.SendAsync(
                new GraphRequest(HttpMethod.Put, SecretsPath(app), $"Setting the notification settings of {app}", GraphPermissions.WriteSynchronization, $"service principal {app}")
                {
                    Body = wanted.ToRequest(),
                },
                _notices,
                cancellationToken),
            cancellationToken).ConfigureAwait(false);
        return present is null ? StepStatus.Created : StepStatus.Changed;
    }

    private async Task<(bool IsKnown, NotificationSettings? Settings)> ReadNotificationAsync(ServicePrincipal app, CancellationToken cancellationToken)
    {
        try
        {
            GraphResponse response = await _graph.SendAsync(
                new GraphRequest(HttpMethod.Get, SecretsPath(app), $"Reading the notification settings of {app}", GraphPermissions.ReadSynchronization, $"service principal {app}"),
                _notices,
                cancellationToken).ConfigureAwait(false);
            using GraphPage page = GraphPage.Read(response);
            JsonElement pair = page.Items.FirstOrDefault(static item => item.Text("key") == "SyncNotificationSettings");
            return (true, pair.ValueKind == JsonValueKind.Object ? NotificationSettings.Read(pair.Text("value")) : null);
        }
        catch (GraphException fault) when (fault.Kind is FaultKind.Refused or FaultKind.NotFound or FaultKind.PermissionDenied)
        {
            // Reading them is not documented, so it may not be possible everywhere.
            return (false, null);
        }
    }

    private static string SecretsPath(ServicePrincipal app) => $"servicePrincipals/{Uri.EscapeDataString(app.Id)}/synchronization/secrets";

    // https://learn.microsoft.com/graph/best-practices-concept#handling-expected-errors names 404 among what to retry for this reason.
    private async Task<T> WhenFoundAsync<T>(ServicePrincipal app, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        long start = _time.GetTimestamp();
        TimeSpan pause = TimeSpan.FromSeconds(1);
        while (true)
        {
            try
            {
                return await call().ConfigureAwait(false);
            }
            catch (InboundProvisioningException fault) when (fault.Kind == FaultKind.NotFound)
            {
                if (_time.GetElapsedTime(start) + pause > LongestReplication)
                {
                    throw new InboundProvisioningException(
                        "ApplicationNotReady",
                        FaultKind.NotFound,
                        $"The app {app} is there, but Microsoft Graph does not find it after {LongestReplication.TotalMinutes} minutes. Run the same command again later: it goes on with what is there. {fault.Message}",
                        app,
                        fault);
                }

                _doing("Waiting until the service principal is found");
                await _time.WaitAsync(pause, cancellationToken).ConfigureAwait(false);
                pause = pause + pause < LongestPause ? pause + pause : LongestPause;
            }
        }
    }
}
