using InboundProvisioning.Emulator.Jobs;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace InboundProvisioning.Emulator.Inspection;

/// <summary>What makes time pass for the jobs, and shows what came of it. No part of Graph, no token, no latency.</summary>
internal sealed class CycleEndpoints(EmulatorHost emulator)
{
    private const int MostEvents = 10_000_000;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost($"{InspectionEndpoints.Prefix}/cycle", (string? jobId) => Results.Json(new { value = emulator.RunCycle(jobId) }));
        routes.MapGet($"{InspectionEndpoints.Prefix}/users", () => Results.Json(new { value = emulator.Users }));
        routes.MapPost($"{InspectionEndpoints.Prefix}/logs", AddEvents);
    }

    private IResult AddEvents(int count, int? eventsPerCycle)
    {
        if (count is < 1 or > MostEvents || eventsPerCycle < 1)
        {
            return Results.BadRequest($"count must be from 1 to {MostEvents}, and eventsPerCycle 1 or more.");
        }

        emulator.AddProvisioningEvents(count, eventsPerCycle ?? EmulatorHost.DefaultEventsPerCycle);
        return Results.NoContent();
    }
}
