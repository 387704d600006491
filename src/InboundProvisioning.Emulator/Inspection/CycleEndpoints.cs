using System;
using System.Collections.Generic;

using InboundProvisioning.Emulator.Cycles;
using InboundProvisioning.Emulator.Users;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace InboundProvisioning.Emulator.Inspection;

/// <summary>What makes time pass for the jobs, and shows what came of it. No part of Graph, no token, no latency.</summary>
/// <param name="run">Runs the active jobs, or the one that is named.</param>
/// <param name="users">The directory.</param>
/// <param name="addEvents">Makes up so many events, with so many a cycle.</param>
internal sealed class CycleEndpoints(
    Func<string?, IReadOnlyList<CycleResult>> run, UserDirectory users, Action<int, int?> addEvents)
{
    private const int MostEvents = 10_000_000;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost($"{InspectionEndpoints.Prefix}/cycle", (string? jobId) => Results.Json(new { value = run(jobId) }));
        routes.MapGet($"{InspectionEndpoints.Prefix}/users", () => Results.Json(new { value = users.ToJson() }));
        routes.MapPost($"{InspectionEndpoints.Prefix}/logs", AddEvents);
    }

    private IResult AddEvents(int count, int? eventsPerCycle)
    {
        if (count is < 1 or > MostEvents || eventsPerCycle < 1)
        {
            return Results.BadRequest($"count must be from 1 to {MostEvents}, and eventsPerCycle 1 or more.");
        }

        addEvents(count, eventsPerCycle);
        return Results.NoContent();
    }
}
