using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

using InboundProvisioning.Emulator.Faults;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace InboundProvisioning.Emulator.Inspection;

/// <summary>
/// Faults on command: POST puts a list of them behind those that wait, GET says how often each has struck and what is left, DELETE takes all away.
/// </summary>
internal sealed class FaultEndpoints(FaultList faults)
{
    private const string Path = $"{InspectionEndpoints.Prefix}/faults";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, State);
        routes.MapPost(Path, (Delegate)AddAsync);
        routes.MapDelete(Path, () =>
        {
            faults.Clear();
            return Results.NoContent();
        });
    }

    private async Task<IResult> AddAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        try
        {
            faults.Add(FaultJson.Read(await reader.ReadToEndAsync(context.RequestAborted)));
            return State();
        }
        catch (FormatException problem)
        {
            return Results.Json(new { error = problem.Message }, statusCode: StatusCodes.Status400BadRequest);
        }
    }

    private IResult State() => Results.Json(
        new
        {
            value = faults.ToList().Select(count => new
            {
                count.Fault.Path,
                count.Fault.Count,
                count.Fault.Status,
                count.Fault.RetryAfter,
                count.Fault.Action,
                count.Fault.DelayMs,
                count.Fault.Location,
                count.Struck,
                count.Left,
            }),
        },
        FaultJson.Options);
}
