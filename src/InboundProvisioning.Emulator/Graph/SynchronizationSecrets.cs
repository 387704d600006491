using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace InboundProvisioning.Emulator.Graph;

/// <summary>
/// The keys and values of https://learn.microsoft.com/graph/api/resources/synchronization-synchronizationsecretkeystringvaluepair
/// The members of the enumeration synchronizationSecret are those of the published v1.0 metadata.
/// </summary>
internal static class SynchronizationSecrets
{
    /// <summary>The key whose value says who is told of failures, and after how many deletions the job stops: JSON in a string.</summary>
    public const string NotificationSettings = "SyncNotificationSettings";

    private static readonly string[] Keys =
    [
        "None", "UserName", "Password", "SecretToken", "AppKey", "BaseAddress", "ClientIdentifier", "ClientSecret", "SingleSignOnType", "Sandbox",
        "Url", "Domain", "ConsumerKey", "ConsumerSecret", "TokenKey", "TokenExpiration", "Oauth2AccessToken", "Oauth2AccessTokenCreationTime",
        "Oauth2RefreshToken", "SyncAll", "InstanceName", "Oauth2ClientId", "Oauth2ClientSecret", "CompanyId", "UpdateKeyOnSoftDelete",
        "SynchronizationSchedule", "SystemOfRecord", "SandboxName", "EnforceDomain", NotificationSettings, "SkipOutOfScopeDeletions",
        "Oauth2AuthorizationCode", "Oauth2RedirectUri", "ApplicationTemplateIdentifier", "Oauth2TokenExchangeUri", "Oauth2AuthorizationUri",
        "AuthenticationType", "Server", "PerformInboundEntitlementGrants", "HardDeletesEnabled", "SyncAgentCompatibilityKey",
        "SyncAgentADContainer", "ValidateDomain", "TestReferences", "ConnectionString",
    ];

    // What the settings hold is known from Microsoft's examples, and from what the portal sends.
    private static readonly Dictionary<string, JsonValueKind[]> NotificationMembers = new(StringComparer.Ordinal)
    {
        ["Enabled"] = [JsonValueKind.True, JsonValueKind.False],
        ["Recipients"] = [JsonValueKind.String, JsonValueKind.Null],
        ["DeleteThresholdEnabled"] = [JsonValueKind.True, JsonValueKind.False],
        ["DeleteThresholdValue"] = [JsonValueKind.Number],
        ["HumanResourcesLookaheadQueryEnabled"] = [JsonValueKind.True, JsonValueKind.False],
    };

    /// <summary>The pairs of a request, or what is wrong with them.</summary>
    public static (IReadOnlyList<KeyValuePair<string, string?>> Secrets, string? Fault) Read(JsonElement body, string member = "value")
    {
        if (!body.TryGetProperty(member, out JsonElement list) || list.ValueKind != JsonValueKind.Array)
        {
            return ([], $"The property '{member}' must be a collection of synchronizationSecretKeyStringValuePair.");
        }

        var secrets = new List<KeyValuePair<string, string?>>();
        foreach (JsonElement pair in list.EnumerateArray())
        {
            if (pair.ValueKind != JsonValueKind.Object || pair.Text("key") is not { } key || !Keys.Contains(key))
            {
                return ([], "A 'key' is missing or not a member of synchronizationSecret.");
            }

            if (!pair.TryGetProperty("value", out JsonElement value) || value.ValueKind is not (JsonValueKind.String or JsonValueKind.Null))
            {
                return ([], $"The value of '{key}' must be a string.");
            }

            if (key == NotificationSettings && FaultOfNotification(value.GetString()) is { } fault)
            {
                return ([], fault);
            }

            secrets.Add(new(key, value.GetString()));
        }

        return (secrets, null);
    }

    /// <summary>What the service gives back: a value that is a credential as an asterisk.</summary>
    public static JsonArray ToJson(IReadOnlyDictionary<string, string?> secrets) => new(
    [
        .. secrets.Select(secret => new JsonObject { ["key"] = secret.Key, ["value"] = IsCredential(secret.Key) ? "*" : secret.Value }),
    ]);

    /// <summary>Whether a value is a credential, which the service never gives back.</summary>
    private static bool IsCredential(string key) => key is "Password" or "SecretToken" or "AppKey" or "ClientSecret" or "ConsumerSecret" or "TokenKey"
        or "Oauth2AccessToken" or "Oauth2RefreshToken" or "Oauth2ClientSecret" or "Oauth2AuthorizationCode" or "ConnectionString";

    private static string? FaultOfNotification(string? settings)
    {
        if (settings is null)
        {
            return null;
        }

        JsonElement read;
        try
        {
            read = JsonElement.Parse(settings);
        }
        catch (JsonException fault)
        {
            return $"The value of '{NotificationSettings}' is not JSON: {fault.Message}";
        }

        if (read.ValueKind != JsonValueKind.Object)
        {
            return $"The value of '{NotificationSettings}' must be a JSON object.";
        }

        foreach (JsonProperty member in read.EnumerateObject())
        {
            if (!NotificationMembers.TryGetValue(member.Name, out JsonValueKind[]? kinds) || !kinds.Contains(member.Value.ValueKind)
                || (member.Value.ValueKind == JsonValueKind.Number && !(member.Value.TryGetInt32(out int number) && number >= 0)))
            {
                return $"'{NotificationSettings}' does not take {member.Name} = {member.Value.GetRawText()}.";
            }
        }

        return null;
    }
}
