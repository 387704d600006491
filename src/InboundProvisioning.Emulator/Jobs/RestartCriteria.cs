using System;
using System.Linq;
using System.Text.Json;

namespace InboundProvisioning.Emulator.Jobs;

/// <summary>The body of restart: https://learn.microsoft.com/graph/api/synchronization-synchronizationjob-restart</summary>
internal static class RestartCriteria
{
    /// <summary>What the reference page says that an empty scope is like: "Restart provisioning" in the admin center.</summary>
    private const RestartScope AsInTheAdminCenter = RestartScope.QuarantineState | RestartScope.Watermark | RestartScope.Escrows;

    /// <summary>The scope that a body asks for, or what is wrong with it.</summary>
    public static (RestartScope Scope, string? Fault) Read(ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty)
        {
            return (AsInTheAdminCenter, null);
        }

        JsonElement parameters;
        try
        {
            parameters = JsonElement.Parse(body);
        }
        catch (JsonException fault)
        {
            return (default, $"The body is not JSON: {fault.Message}");
        }

        if (parameters.ValueKind != JsonValueKind.Object)
        {
            return (default, "The body must be an object with the parameter 'criteria'.");
        }

        if (UnknownMember(parameters, "criteria") is { } parameter)
        {
            return (default, $"The parameter '{parameter}' in the request payload is not a valid parameter for the operation 'restart'.");
        }

        if (!parameters.TryGetProperty("criteria", out JsonElement criteria) || criteria.ValueKind == JsonValueKind.Null)
        {
            return (AsInTheAdminCenter, null);
        }

        if (criteria.ValueKind != JsonValueKind.Object)
        {
            return (default, "criteria must be an object.");
        }

        if (UnknownMember(criteria, "resetScope") is { } property)
        {
            return (default,
                $"The property '{property}' does not exist on type 'microsoft.graph.synchronizationJobRestartCriteria'.");
        }

        return criteria.TryGetProperty("resetScope", out JsonElement scope) ? Read(scope) : (AsInTheAdminCenter, null);
    }

    private static (RestartScope Scope, string? Fault) Read(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            return (AsInTheAdminCenter, null);
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            return (default, "resetScope must be a string.");
        }

        string text = value.GetString()!;
        if (string.IsNullOrWhiteSpace(text))
        {
            return (AsInTheAdminCenter, null);
        }

        RestartScope scope = RestartScope.None;
        foreach (string member in text.Split(',', StringSplitOptions.TrimEntries))
        {
            // Enum.Parse would also take numbers.
            if (!Enum.GetNames<RestartScope>().Contains(member))
            {
                return (default, $"Requested value '{member}' was not found in 'microsoft.graph.synchronizationJobRestartScope'.");
            }

            scope |= Enum.Parse<RestartScope>(member);
        }

        return (scope, null);
    }

    private static string? UnknownMember(JsonElement owner, string known) =>
        owner.EnumerateObject().Select(member => member.Name).FirstOrDefault(name => name != known && !name.Contains('@', StringComparison.Ordinal));
}
