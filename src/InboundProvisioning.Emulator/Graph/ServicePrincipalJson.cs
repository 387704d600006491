using System;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

using InboundProvisioning.Emulator.Applications;
using InboundProvisioning.Emulator.Identity;

namespace InboundProvisioning.Emulator.Graph;

/// <summary>A service principal as Graph answers it: https://learn.microsoft.com/graph/api/resources/serviceprincipal#json-representation</summary>
internal sealed class ServicePrincipalJson(Tenant tenant)
{
    // The tenant that owns Microsoft's own applications.
    private const string MicrosoftServices = "f8cdef31-a31e-4b4a-93e4-5f571e91255a";

    public JsonObject Of(ServicePrincipal principal)
    {
        bool isMicrosofts = principal.AppId == GraphPermissions.AppId;
        bool isManagedIdentity = principal.ServicePrincipalType == "ManagedIdentity";
        return new JsonObject
        {
            ["id"] = principal.Id.ToString(),
            ["deletedDateTime"] = null,
            ["accountEnabled"] = principal.AccountEnabled,
            ["addIns"] = new JsonArray(),
            ["alternativeNames"] = new JsonArray([.. principal.AlternativeNames.Select(name => JsonValue.Create(name))]),
            ["appDescription"] = null,
            ["appDisplayName"] = isManagedIdentity ? null : principal.DisplayName,
            ["appId"] = principal.AppId.ToString(),
            ["applicationTemplateId"] = principal.ApplicationTemplateId?.ToString(),
            ["appOwnerOrganizationId"] = isMicrosofts ? MicrosoftServices : isManagedIdentity ? null : tenant.Id.ToString(),
            ["appRoleAssignmentRequired"] = principal.ApplicationTemplateId is not null,
            ["appRoles"] = JsonSerializer.SerializeToNode(principal.AppRoles, GraphJson.Options),
            ["description"] = null,
            ["disabledByMicrosoftStatus"] = null,
            ["displayName"] = principal.DisplayName,
            ["homepage"] = null,
            ["info"] = Links(),
            ["keyCredentials"] = new JsonArray(),
            ["loginUrl"] = null,
            ["logoutUrl"] = null,
            ["notes"] = null,
            ["notificationEmailAddresses"] = new JsonArray(),
            ["oauth2PermissionScopes"] = isMicrosofts ? new JsonArray([.. principal.AppRoles.Where(HasDelegatedForm).Select(Scope)]) : new JsonArray(),
            ["passwordCredentials"] = new JsonArray(),
            ["preferredSingleSignOnMode"] = null,
            ["replyUrls"] = new JsonArray(),
            ["servicePrincipalNames"] = new JsonArray(principal.AppId.ToString()),
            ["servicePrincipalType"] = principal.ServicePrincipalType,
            ["signInAudience"] = isMicrosofts ? "AzureADMultipleOrgs" : isManagedIdentity ? null : "AzureADMyOrg",
            ["tags"] = isMicrosofts || isManagedIdentity ? new JsonArray() : new JsonArray("WindowsAzureActiveDirectoryIntegratedApp"),
            ["tokenEncryptionKeyId"] = null,
        };
    }

    /// <summary>The application object behind a service principal: https://learn.microsoft.com/graph/api/resources/application</summary>
    public static JsonObject ApplicationOf(ServicePrincipal principal, DateTimeOffset created) => new()
    {
        // An application's object id is another than its service principal's.
        ["id"] = StableId($"application:{principal.Id}").ToString(),
        ["appId"] = principal.AppId.ToString(),
        ["applicationTemplateId"] = principal.ApplicationTemplateId?.ToString(),
        ["createdDateTime"] = created.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        ["deletedDateTime"] = null,
        ["displayName"] = principal.DisplayName,
        ["description"] = null,
        ["groupMembershipClaims"] = null,
        ["identifierUris"] = new JsonArray(),
        ["isFallbackPublicClient"] = null,
        ["signInAudience"] = "AzureADMyOrg",
        ["tags"] = new JsonArray(),
        ["tokenEncryptionKeyId"] = null,
        ["defaultRedirectUri"] = null,
        ["optionalClaims"] = null,
        ["addIns"] = new JsonArray(),
        ["api"] = new JsonObject
        {
            ["acceptMappedClaims"] = null,
            ["knownClientApplications"] = new JsonArray(),
            ["requestedAccessTokenVersion"] = null,
            ["oauth2PermissionScopes"] = new JsonArray(),
            ["preAuthorizedApplications"] = new JsonArray(),
        },
        ["appRoles"] = new JsonArray(),
        ["info"] = Links(),
        ["keyCredentials"] = new JsonArray(),
        ["parentalControlSettings"] = new JsonObject { ["countriesBlockedForMinors"] = new JsonArray(), ["legalAgeGroupRule"] = "Allow" },
        ["passwordCredentials"] = new JsonArray(),
        ["publicClient"] = new JsonObject { ["redirectUris"] = new JsonArray() },
        ["requiredResourceAccess"] = new JsonArray(),
        ["web"] = new JsonObject
        {
            ["homePageUrl"] = null,
            ["logoutUrl"] = null,
            ["redirectUris"] = new JsonArray(),
            ["implicitGrantSettings"] = new JsonObject { ["enableAccessTokenIssuance"] = false, ["enableIdTokenIssuance"] = false },
        },
    };

    private static JsonObject Links() => new()
    {
        ["termsOfServiceUrl"] = null,
        ["supportUrl"] = null,
        ["privacyStatementUrl"] = null,
        ["marketingUrl"] = null,
        ["logoUrl"] = null,
    };

    /// <summary>The delegated permission of the same name: https://learn.microsoft.com/graph/api/resources/permissionscope</summary>
    private static JsonObject Scope(AppRole role) => new()
    {
        ["adminConsentDescription"] = role.Description,
        ["adminConsentDisplayName"] = role.DisplayName,
        ["id"] = StableId($"scope:{role.Value}").ToString(),
        ["isEnabled"] = true,
        ["type"] = "Admin",
        ["userConsentDescription"] = null,
        ["userConsentDisplayName"] = null,
        ["value"] = role.Value,
    };

    private static bool HasDelegatedForm(AppRole role) => !role.Value.EndsWith(".OwnedBy", StringComparison.Ordinal);

    private static Guid StableId(string name) => new(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16));
}
