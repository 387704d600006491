using System;
using System.Net.Http.Headers;

using InboundProvisioning.Emulator.Identity;
using InboundProvisioning.Emulator.Tokens;

using Microsoft.AspNetCore.Http;

namespace InboundProvisioning.Emulator.Graph;

/// <summary>Who may call Graph: a valid access token, and one of the permissions that the reference page of the call lists.</summary>
internal sealed class GraphAuthorization(AccessTokens tokens, AuthorityUrls urls)
{
    // Microsoft Graph's own application id.
    private const string GraphAppId = "00000003-0000-0000-c000-000000000000";

    /// <summary>401 without a valid token, 403 without the permissions, else null.</summary>
    public GraphError? Refuse(HttpContext context, CallPermissions permissions)
    {
        (Grants grants, string? fault) = tokens.Check(BearerToken(context.Request));
        if (fault is not null)
        {
            context.Response.Headers.WWWAuthenticate =
                $"Bearer realm=\"\", authorization_uri=\"{urls.Authorize}\", client_id=\"{GraphAppId}\"";
            return GraphError.Unauthenticated(fault);
        }

        return (grants.OfUser ? permissions.AllowScopes(grants.Permissions) : permissions.AllowRoles(grants.Permissions))
            ? null
            : GraphError.Forbidden();
    }

    /// <summary>The token that a call presents, or null.</summary>
    public static string? BearerToken(HttpRequest request) =>
        AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out AuthenticationHeaderValue? header)
        && string.Equals(header.Scheme, "Bearer", StringComparison.OrdinalIgnoreCase)
            ? header.Parameter
            : null;
}
