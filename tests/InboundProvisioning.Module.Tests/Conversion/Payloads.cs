using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using InboundProvisioning.Module.Tests.Hosting;

namespace InboundProvisioning.Module.Tests.Conversion;

/// <summary>Looks into what ConvertTo-ScimBulkPayload emits.</summary>
internal static class Payloads
{
    /// <summary>The operations of all requests, in order.</summary>
    public static IReadOnlyList<JsonElement> Operations(this PowerShellResult result) => Operations(result.OutputOf<string>());

    public static IReadOnlyList<JsonElement> Operations(IEnumerable<string> requests) =>
        [.. requests.SelectMany(request => JsonDocument.Parse(request).RootElement.GetProperty("Operations").EnumerateArray())];

    /// <summary>The users of all requests as JSON, without their schemas.</summary>
    public static IReadOnlyList<string> Users(this PowerShellResult result) =>
        [.. result.Operations().Select(operation => "{" + string.Join(
            ",",
            operation.GetProperty("data").EnumerateObject().Where(member => member.Name != "schemas").Select(member => $"\"{member.Name}\":{member.Value.GetRawText()}"))
            + "}")];

    /// <summary>The ids of the errors, without the cmdlet's name.</summary>
    public static IReadOnlyList<string> ErrorIds(this PowerShellResult result) =>
        [.. result.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0])];

    /// <summary>The id of the error that ended the script, without the cmdlet's name.</summary>
    public static string? FailureId(this PowerShellResult result) => result.Failure?.FullyQualifiedErrorId.Split(',')[0];
}
