using InboundProvisioning.Emulator.Staging;
using InboundProvisioning.Emulator.Throttling;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace InboundProvisioning.Emulator.Inspection;

/// <summary>What tests ask the emulator itself. No part of Graph, no token, no latency.</summary>
internal sealed class InspectionEndpoints(UploadCalls calls, StagedUsers staged, LostAnswers lost)
{
    public const string Prefix = "/emulator";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet($"{Prefix}/requests", () => Results.Json(calls.Counts));
        routes.MapGet($"{Prefix}/quota", () => Results.Json(calls.Quota));
        routes.MapGet($"{Prefix}/staged", () => Results.Json(new { value = staged.ToList() }));
        routes.MapGet($"{Prefix}/lost", () => Results.Json(new { value = lost.ToList() }));
    }
}
