using System;
using System.Globalization;
using System.Threading.Tasks;

using InboundProvisioning.Emulator.Identity;
using InboundProvisioning.Emulator.Tokens;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace InboundProvisioning.Emulator.MachineIdentity;

/// <summary>
/// Where code that runs in Azure gets tokens of its managed identity, over plain http on the loopback interface:
/// App Service (https://learn.microsoft.com/azure/app-service/overview-managed-identity#rest-endpoint-reference), Azure Automation
/// (https://learn.microsoft.com/azure/automation/enable-managed-identity-for-automation) and, for virtual machines, the Instance Metadata Service
/// (https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/how-to-use-vm-token#get-a-token-using-http).
/// </summary>
internal sealed class ManagedIdentityEndpoints(Tenant tenant, AccessTokens tokens, string header, int port, TimeProvider clock)
{
    public const string AppServicePath = "/msi/token";
    public const string InstanceMetadataPath = "/metadata/identity/oauth2/token";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(AppServicePath, (HttpContext context) => AppService(context, name => context.Request.Query[name].ToString()));

        // The example on Azure Automation's page posts a form.
        routes.MapPost(AppServicePath, async (HttpContext context) =>
        {
            IFormCollection form = context.Request.HasFormContentType
                ? await context.Request.ReadFormAsync(context.RequestAborted)
                : FormCollection.Empty;
            return AppService(context, name => context.Request.Query[name].ToString() is { Length: > 0 } value ? value : form[name].ToString());
        });
        routes.MapGet(InstanceMetadataPath, InstanceMetadata);
    }

    /// <summary>Keeps these endpoints on their port, and all others off it: what is secret there goes over TLS only.</summary>
    public Task SeparateAsync(HttpContext context, RequestDelegate next)
    {
        if (IsFor(context.Request.Path) == (context.Connection.LocalPort == port))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    public static bool IsFor(PathString path) =>
        path.StartsWithSegments(AppServicePath) || path.StartsWithSegments(InstanceMetadataPath);

    /// <param name="context">The call.</param>
    /// <param name="parameter">Gives a parameter's value by its name; empty where it is not given.</param>
    private IResult AppService(HttpContext context, Func<string, string> parameter)
    {
        if (context.Request.Headers["X-IDENTITY-HEADER"] != header)
        {
            return ManagedIdentityError.AppService(401, "The header X-IDENTITY-HEADER is missing or not the value of IDENTITY_HEADER.");
        }

        // Azure Automation's page sends the header Metadata and no version.
        string version = parameter("api-version");
        if (version != "2019-08-01" && !(version.Length == 0 && IsTrue(context.Request.Headers["Metadata"])))
        {
            return ManagedIdentityError.AppService(400, $"The api-version '{version}' is not supported. Supported: 2019-08-01.");
        }

        if (parameter("resource") is not { Length: > 0 } resource)
        {
            return ManagedIdentityError.AppService(400, "The parameter 'resource' is required.");
        }

        if (Find(parameter, "mi_res_id") is not { } identity)
        {
            return ManagedIdentityError.AppService(
                400, "No User Assigned or Delegated Managed Identity found for specified ClientId/ResourceId/PrincipalId.");
        }

        if (!IsKnown(resource))
        {
            return ManagedIdentityError.AppService(400, UnknownResource(resource));
        }

        return Results.Json(new
        {
            access_token = tokens.IssueToApp(identity.ClientId, identity.ServicePrincipalId, resource.TrimEnd('/')),
            expires_on = Seconds(clock.GetUtcNow() + AccessTokens.Lifetime),
            resource,
            token_type = "Bearer",
            client_id = identity.ClientId,
        });
    }

    private IResult InstanceMetadata(HttpContext context)
    {
        IQueryCollection query = context.Request.Query;
        if (!IsTrue(context.Request.Headers["Metadata"]))
        {
            return ManagedIdentityError.InstanceMetadata("invalid_request", "Required metadata header not specified");
        }

        if (query["api-version"].ToString() is not { Length: > 0 } version || string.CompareOrdinal(version, "2018-02-01") < 0)
        {
            return ManagedIdentityError.InstanceMetadata("invalid_request", "Required query variable 'api-version' is missing or too old");
        }

        if (query["resource"].ToString() is not { Length: > 0 } resource)
        {
            return ManagedIdentityError.InstanceMetadata("invalid_request", "Required query variable 'resource' is missing");
        }

        if (Find(name => query[name].ToString(), "msi_res_id") is not { } identity)
        {
            return ManagedIdentityError.InstanceMetadata("invalid_request", "Identity not found");
        }

        if (!IsKnown(resource))
        {
            return ManagedIdentityError.InstanceMetadata("invalid_resource", UnknownResource(resource));
        }

        DateTimeOffset now = clock.GetUtcNow();
        return Results.Json(new
        {
            access_token = tokens.IssueToApp(identity.ClientId, identity.ServicePrincipalId, resource.TrimEnd('/')),
            client_id = identity.ClientId,
            expires_in = $"{(int)AccessTokens.Lifetime.TotalSeconds - 1}",
            expires_on = Seconds(now + AccessTokens.Lifetime),
            ext_expires_in = $"{(int)AccessTokens.Lifetime.TotalSeconds - 1}",
            not_before = Seconds(now),
            resource,
            token_type = "Bearer",
        });
    }

    private string UnknownResource(string resource) =>
        $"AADSTS500011: The resource principal named {resource} was not found in the tenant named {tenant.Id}.";

    private bool IsKnown(string resource) => tokens.Knows(resource.TrimEnd('/'));

    /// <summary>The identity that the request names, the system-assigned one when it names none; null when there is no such identity.</summary>
    private ManagedIdentity? Find(Func<string, string> parameter, string resourceIdParameter)
    {
        ManagedIdentity[] all = [tenant.SystemAssignedIdentity, tenant.UserAssignedIdentity];
        if (parameter("client_id") is { Length: > 0 } clientId)
        {
            return Array.Find(all, identity => Same(identity.ClientId.ToString(), clientId));
        }

        foreach (string name in (string[])["object_id", "principal_id"])
        {
            if (parameter(name) is { Length: > 0 } objectId)
            {
                return Array.Find(all, identity => Same(identity.ServicePrincipalId.ToString(), objectId));
            }
        }

        return parameter(resourceIdParameter) is { Length: > 0 } resourceId
            ? Array.Find(all, identity => Same(identity.ResourceId, resourceId))
            : tenant.SystemAssignedIdentity;
    }

    private static bool Same(string? one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private static bool IsTrue(string? value) => string.Equals(value, "true", StringComparison.OrdinalIgnoreCase);

    private static string Seconds(DateTimeOffset time) => time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}
