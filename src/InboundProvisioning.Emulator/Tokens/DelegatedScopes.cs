using System;
using System.Collections.Generic;
using System.Linq;

using InboundProvisioning.Emulator.Applications;
using InboundProvisioning.Emulator.Identity;

namespace InboundProvisioning.Emulator.Tokens;

/// <summary>
/// The scopes that a client may have on behalf of the user:
/// https://learn.microsoft.com/entra/identity-platform/scopes-oidc
/// </summary>
/// <param name="tenant">The tenant of the client.</param>
/// <param name="applications">Graph's service principal, whose permissions exist.</param>
/// <param name="graph">The resource.</param>
/// <param name="consented">The delegated permissions that the client has been granted; null for all.</param>
internal sealed class DelegatedScopes(Tenant tenant, TenantApplications applications, string graph, IReadOnlyList<string>? consented)
{
    private static readonly string[] OpenIdScopes = ["openid", "profile", "email", "offline_access"];

    /// <summary>What is granted when a client asks for these scopes, or why it is not.</summary>
    public (UserGrant? Grant, TokenError? Fault) Grant(string requested, string? nonce = null)
    {
        string[] scopes = requested.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (scopes.Length == 0)
        {
            return (null, TokenError.MissingParameter("scope"));
        }

        IReadOnlyList<string> known = Known();
        var granted = new List<string>();
        foreach (string scope in scopes.Except(OpenIdScopes))
        {
            // A scope without a resource is one of Microsoft Graph's.
            int slash = scope.LastIndexOf('/');
            string resource = slash < 0 ? graph : scope[..slash];
            string permission = scope[(slash + 1)..];
            if (resource != graph)
            {
                return (null, TokenError.UnknownResource(resource, tenant.Id));
            }

            if (permission == ".default")
            {
                granted.AddRange(consented ?? known);
            }
            else if (!known.Contains(permission))
            {
                return (null, TokenError.UnknownScope(tenant.Client.ClientId, permission, resource));
            }
            else if (consented?.Contains(permission) == false)
            {
                return (null, TokenError.NoConsent(tenant.Client.ClientId));
            }
            else
            {
                granted.Add(permission);
            }
        }

        return (new UserGrant([.. granted.Distinct()], scopes.Contains("openid"), scopes.Contains("offline_access"), nonce), null);
    }

    /// <summary>What the token answer says of the scopes: each with its resource.</summary>
    public string Describe(UserGrant grant) =>
        string.Join(' ', grant.Scopes.Select(scope => $"{graph}/{scope}").Concat(grant.OpenId ? ["openid", "profile", "email"] : []));

    // Permissions for owned apps only exist for apps that act by themselves.
    private string[] Known() =>
        [.. applications.Graph.Principal.AppRoles.Select(role => role.Value).Where(value => !value.EndsWith(".OwnedBy", StringComparison.Ordinal))];
}
