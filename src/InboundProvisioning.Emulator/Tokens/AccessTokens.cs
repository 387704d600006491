using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text.Json;

using InboundProvisioning.Emulator.Applications;
using InboundProvisioning.Emulator.Identity;

namespace InboundProvisioning.Emulator.Tokens;

/// <summary>
/// Issues access tokens for Graph and checks those that come back. They are version 1.0 tokens, as Graph's are:
/// https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference
/// </summary>
internal sealed class AccessTokens(
    Tenant tenant,
    AuthorityUrls urls,
    string graph,
    SigningKey signingKey,
    RevokedTokens revoked,
    TenantApplications applications,
    ExchangedSecrets secrets,
    TimeProvider clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    // The template of Global Administrator: https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference
    private const string GlobalAdministrator = "62e90394-69f5-4237-9190-012177145e10";

    // Azure Storage, whose tokens name the issuer of the public cloud: a storage emulator that holds them to that takes these.
    // https://learn.microsoft.com/rest/api/storageservices/authorize-with-azure-active-directory
    private const string Storage = "https://storage.azure.com";

    /// <summary>The resource that tokens are for as a rule.</summary>
    public string Graph => graph;

    /// <summary>Whether there are tokens for a resource.</summary>
    public bool Knows(string resource) => resource == graph || resource == Storage;

    /// <summary>A token for an app that acts by itself, with the application permissions that it has at this moment.</summary>
    /// <param name="clientId">The app.</param>
    /// <param name="servicePrincipalId">Its service principal.</param>
    /// <param name="resource">What the token is for.</param>
    public string IssueToApp(Guid clientId, Guid servicePrincipalId, string resource)
    {
        DateTimeOffset now = clock.GetUtcNow();
        return Sign(new
        {
            aud = resource,
            iss = resource == graph ? urls.Issuer : $"https://sts.windows.net/{tenant.Id}/",
            iat = now.ToUnixTimeSeconds(),
            nbf = now.ToUnixTimeSeconds(),
            exp = (now + Lifetime).ToUnixTimeSeconds(),
            appid = clientId,
            idtyp = "app",
            oid = servicePrincipalId,
            sub = servicePrincipalId,
            tid = tenant.Id,
            uti = Tenant.NewSecret(),
            ver = "1.0",
            roles = resource == graph ? RolesOf(servicePrincipalId) : [],
        });
    }

    /// <summary>A token for an app on behalf of the tenant's user.</summary>
    /// <param name="clientId">The app.</param>
    /// <param name="scopes">The delegated permissions, without their resource.</param>
    public string IssueToUser(Guid clientId, IReadOnlyList<string> scopes)
    {
        DateTimeOffset now = clock.GetUtcNow();
        return Sign(new
        {
            aud = graph,
            iss = urls.Issuer,
            iat = now.ToUnixTimeSeconds(),
            nbf = now.ToUnixTimeSeconds(),
            exp = (now + Lifetime).ToUnixTimeSeconds(),
            appid = clientId,
            appidacr = "0",
            idtyp = "user",
            name = tenant.User.Name,
            oid = tenant.User.Id,
            scp = string.Join(' ', scopes),
            sub = tenant.User.Id,
            tid = tenant.Id,
            unique_name = tenant.User.UserPrincipalName,
            upn = tenant.User.UserPrincipalName,
            uti = Tenant.NewSecret(),
            ver = "1.0",
            wids = new[] { GlobalAdministrator },
        });
    }

    /// <summary>What a token grants, or the message for which Graph refuses it.</summary>
    public (Grants Grants, string? Fault) Check(string? compact)
    {
        if (string.IsNullOrEmpty(compact))
        {
            return (Grants.None, "Access token is empty.");
        }

        if (JsonWebToken.TryParse(compact) is not { } token)
        {
            return (Grants.None, "CompactToken parsing failed.");
        }

        if (JsonWebToken.Text(token.Header, "alg") != "RS256"
            || JsonWebToken.Text(token.Header, "kid") != signingKey.Id
            || !token.IsSignedBy(signingKey.Key, RSASignaturePadding.Pkcs1))
        {
            return (Grants.None, "Access token validation failure. Invalid signature.");
        }

        if (!token.IsFor(graph))
        {
            return (Grants.None, "Access token validation failure. Invalid audience.");
        }

        if (JsonWebToken.Text(token.Claims, "iss") != urls.Issuer)
        {
            return (Grants.None, "Access token validation failure. Invalid issuer.");
        }

        DateTimeOffset now = clock.GetUtcNow();
        if (token.Time("exp") is not { } expires || now >= expires || token.Time("nbf") is not { } notBefore || now < notBefore
            || revoked.Contains(compact))
        {
            // The wording of https://learn.microsoft.com/entra/identity/app-provisioning/inbound-provisioning-api-issues
            return (Grants.None, "Access token has expired or is not yet valid.");
        }

        return JsonWebToken.Text(token.Claims, "scp") is { } scopes
            ? (new Grants(OfUser: true, scopes.Split(' ')), null)
            : (new Grants(OfUser: false, [.. RolesIn(token)]), null);
    }

    private static IEnumerable<string> RolesIn(JsonWebToken token) =>
        token.Claims.TryGetProperty("roles", out JsonElement value) ? value.EnumerateArray().Select(role => role.GetString()!) : [];

    private string Sign(object claims) =>
        secrets.Issued(JsonWebToken.Sign(new { typ = "JWT", alg = "RS256", kid = signingKey.Id }, claims, signingKey.Key));

    private string[] RolesOf(Guid servicePrincipalId)
    {
        EnterpriseApplication resource = applications.Graph;
        HashSet<Guid> assigned =
        [
            .. applications.Find(servicePrincipalId.ToString())?.AppRoleAssignments
                .Where(assignment => assignment.ResourceId == resource.Principal.Id)
                .Select(assignment => assignment.AppRoleId) ?? [],
        ];
        return [.. resource.Principal.AppRoles.Where(role => assigned.Contains(role.Id)).Select(role => role.Value)];
    }
}
