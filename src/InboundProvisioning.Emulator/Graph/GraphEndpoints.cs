using System;
using System.Collections.Generic;
using System.Threading.Tasks;

using InboundProvisioning.Emulator.Applications;
using InboundProvisioning.Emulator.Identity;
using InboundProvisioning.Emulator.Logs;
using InboundProvisioning.Emulator.Staging;
using InboundProvisioning.Emulator.Throttling;
using InboundProvisioning.Emulator.Time;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace InboundProvisioning.Emulator.Graph;

/// <summary>All of Graph that is here, in both versions. What is not here is refused as Graph refuses an unknown segment.</summary>
internal sealed class GraphEndpoints(
    Tenant tenant,
    TenantApplications applications,
    FreshApplications fresh,
    GraphAuthorization authorization,
    ProvisioningLog log,
    ReportCalls reports,
    UploadCalls calls,
    StagedUsers staged,
    LostAnswers lost,
    IReadOnlyList<string> verifiedDomains,
    TimeProvider clock,
    ServiceClock serviceClock)
{
    private static readonly string[] Versions = ["v1.0", "beta"];

    /// <param name="application">Where the routes go.</param>
    /// <param name="graph">The base URL of Graph.</param>
    public void Map(IEndpointRouteBuilder application, string graph)
    {
        var principalJson = new ServicePrincipalJson(tenant);
        var servicePrincipals = new ServicePrincipalEndpoints(applications, principalJson, authorization);
        var appRoleAssignments = new AppRoleAssignmentEndpoints(applications, authorization, clock);
        var applicationTemplates = new ApplicationTemplateEndpoints(applications, fresh, principalJson, authorization, clock);
        var jobTemplates = new SynchronizationTemplateEndpoints(applications, authorization);
        var jobCreation = new JobCreationEndpoint(applications, authorization, tenant);
        var synchronization = new SynchronizationEndpoint(applications, authorization);
        var credentials = new CredentialEndpoints(applications, authorization);
        var expressions = new SchemaExpressionEndpoints(applications, authorization);
        var secrets = new SynchronizationSecretEndpoints(applications, authorization);
        var jobs = new SynchronizationJobEndpoints(applications, authorization);
        var jobControl = new JobControlEndpoints(applications, authorization, serviceClock);
        var schemas = new SynchronizationSchemaEndpoints(applications, authorization);
        var logs = new ProvisioningLogEndpoints(log, authorization, reports);
        var bulkUpload = new BulkUploadEndpoint(applications, authorization, calls, staged, lost, serviceClock);
        var domains = new DomainEndpoints(verifiedDomains, authorization);
        foreach (string version in Versions)
        {
            RouteGroupBuilder routes = application.MapGroup($"/{version}");
            string root = $"{graph}/{version}";
            routes.AddEndpointFilter((invocation, next) =>
            {
                HttpContext context = invocation.HttpContext;
                GraphRequestIds.Begin(context);
                GraphError? refusal = QueryOptions.Refuse(context)
                    ?? (context.GetRouteValue("id") is string id && fresh.Hides(id) ? GraphError.NotFound(id) : null);
                return refusal is null
                    ? next(invocation)
                    : ValueTask.FromResult<object?>(authorization.Refuse(context, CallPermissions.None) ?? refusal);
            });
            servicePrincipals.Map(routes, root);
            appRoleAssignments.Map(routes, root);
            applicationTemplates.Map(routes, root);
            jobTemplates.Map(routes, root);
            jobCreation.Map(routes, root);
            synchronization.Map(routes, root);
            credentials.Map(routes);
            expressions.Map(routes, root);
            secrets.Map(routes, root);
            jobs.Map(routes, root);
            jobControl.Map(routes);
            schemas.Map(routes, root);
            logs.Map(routes, root);
            domains.Map(routes, root);
            bulkUpload.Map(routes, root);
            routes.Map("/{**path}", (HttpContext context, string? path) =>
                authorization.Refuse(context, CallPermissions.None) ?? GraphError.BadRequest($"Resource not found for the segment '{path}'."));
        }
    }
}
