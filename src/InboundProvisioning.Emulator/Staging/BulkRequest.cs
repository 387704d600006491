using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace InboundProvisioning.Emulator.Staging;

/// <summary>
/// The body of bulkUpload, checked as https://learn.microsoft.com/graph/api/resources/synchronization-bulkupload describes it.
/// The page also lists the enterprise extension and <c>externalId</c> among what <c>data</c> must have. A user without them is taken here:
/// which attribute matches is the admin's choice, and a user who has no enterprise attribute has nothing under that URN.
/// </summary>
internal static class BulkRequest
{
    public const int MaxOperations = 50;

    public const string Schema = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";
    public const string CoreUserSchema = "urn:ietf:params:scim:schemas:core:2.0:User";

    /// <summary>The users of a body, or what is wrong with it.</summary>
    public static (IReadOnlyList<JsonElement> Users, string? Fault) Read(ReadOnlyMemory<byte> body)
    {
        JsonElement request;
        try
        {
            request = JsonElement.Parse(body.Span);
        }
        catch (JsonException fault)
        {
            return ([], $"The body is not JSON: {fault.Message}");
        }

        if (request.ValueKind != JsonValueKind.Object)
        {
            return ([], "The body is not a JSON object.");
        }

        if (FaultOf(request) is { } outer)
        {
            return ([], outer);
        }

        var users = new List<JsonElement>();
        foreach (JsonElement operation in request.GetProperty("Operations").EnumerateArray())
        {
            if (FaultOfOperation(operation) is { } fault)
            {
                return ([], $"Operations[{users.Count}]: {fault}");
            }

            users.Add(operation.GetProperty("data"));
        }

        return (users, null);
    }

    private static string? FaultOf(JsonElement request)
    {
        if (!TryGetStrings(request, "schemas", out string[] schemas) || schemas is not [Schema])
        {
            return $"schemas must be [\"{Schema}\"].";
        }

        if (!request.TryGetProperty("Operations", out JsonElement operations) || operations.ValueKind != JsonValueKind.Array)
        {
            return "Operations must be an array.";
        }

        if (operations.GetArrayLength() is 0 or > MaxOperations)
        {
            return $"Operations must hold 1 to {MaxOperations} operations; it holds {operations.GetArrayLength()}.";
        }

        // RFC 7644 section 3.7: an optional integer. Microsoft's examples send null.
        return request.TryGetProperty("failOnErrors", out JsonElement failOnErrors)
            && failOnErrors.ValueKind != JsonValueKind.Null
            && !(failOnErrors.ValueKind == JsonValueKind.Number && failOnErrors.TryGetInt32(out _))
                ? "failOnErrors must be null or an integer."
                : null;
    }

    /// <summary>
    /// The samples that Microsoft publishes with its script (https://github.com/AzureAD/entra-id-inbound-provisioning) repeat the bulkId of an
    /// earlier operation and write the path <c>/users</c>: the service takes both.
    /// </summary>
    private static string? FaultOfOperation(JsonElement operation)
    {
        if (operation.ValueKind != JsonValueKind.Object)
        {
            return "an operation must be an object.";
        }

        if (Text(operation, "method") != "POST")
        {
            return "method must be \"POST\".";
        }

        if (!string.Equals(Text(operation, "path"), "/Users", StringComparison.OrdinalIgnoreCase))
        {
            return "path must be \"/Users\".";
        }

        if (Text(operation, "bulkId") is not { Length: > 0 })
        {
            return "bulkId must be a string that is not empty.";
        }

        if (!operation.TryGetProperty("data", out JsonElement data) || data.ValueKind != JsonValueKind.Object)
        {
            return "data must be an object.";
        }

        return FaultOfUser(data);
    }

    private static string? FaultOfUser(JsonElement user)
    {
        if (!TryGetStrings(user, "schemas", out string[] schemas) || !schemas.Contains(CoreUserSchema))
        {
            return $"data.schemas must be an array of URNs with \"{CoreUserSchema}\" among them.";
        }

        // RFC 7643 section 3: an extension's values sit under its URN, and schemas lists it.
        return user.EnumerateObject()
            .Select(attribute => attribute.Name)
            .Where(name => name.StartsWith("urn:", StringComparison.OrdinalIgnoreCase) && !schemas.Contains(name))
            .Select(name => $"data holds the extension \"{name}\", which data.schemas does not list.")
            .FirstOrDefault();
    }

    private static string? Text(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool TryGetStrings(JsonElement owner, string name, out string[] values)
    {
        values = [];
        if (!owner.TryGetProperty(name, out JsonElement array)
            || array.ValueKind != JsonValueKind.Array
            || array.EnumerateArray().Any(element => element.ValueKind != JsonValueKind.String))
        {
            return false;
        }

        values = [.. array.EnumerateArray().Select(element => element.GetString()!)];
        return true;
    }
}
