using System;

using Microsoft.AspNetCore.Http;

namespace InboundProvisioning.Emulator.MachineIdentity;

/// <summary>What the managed identity endpoints answer when they give no token.</summary>
internal static class ManagedIdentityError
{
    /// <summary>The form of App Service.</summary>
    public static IResult AppService(int status, string message) =>
        Results.Json(new { statusCode = status, message, correlationId = Guid.NewGuid() }, statusCode: status);

    /// <summary>
    /// https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/how-to-use-vm-token#error-handling
    /// </summary>
    public static IResult InstanceMetadata(string error, string description, int status = StatusCodes.Status400BadRequest) =>
        Results.Json(new { error, error_description = description }, statusCode: status);

    /// <summary>A refusal that a fault asked for.</summary>
    public static IResult OnCommand(PathString path, int status) => path.StartsWithSegments(ManagedIdentityEndpoints.AppServicePath)
        ? AppService(status, "Refused on command.")
        : InstanceMetadata(status >= 500 ? "unknown_error" : "invalid_request", "Refused on command.", status);
}
