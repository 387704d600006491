using System;
using System.Globalization;
using System.Xml;

using InboundProvisioning.Emulator.Time;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace InboundProvisioning.Emulator.Inspection;

/// <summary>
/// <c>POST /emulator/clock?advance=…</c> moves the service's clock on, by an ISO 8601 duration (<c>PT6H</c>, <c>P1D</c>) or by seconds; GET tells it.
/// </summary>
internal sealed class ClockEndpoints(ServiceClock clock, Action<TimeSpan> advance)
{
    private const string Path = $"{InspectionEndpoints.Prefix}/clock";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, State);
        routes.MapPost(Path, (HttpContext context) => Advance(context));
    }

    private IResult Advance(HttpContext context)
    {
        string text = context.Request.Query["advance"].ToString();
        if (Duration(text) is not { } step || step < TimeSpan.Zero || step > ServiceClock.Furthest - clock.Ahead)
        {
            return Results.Json(
                new { error = $"advance must be an ISO 8601 duration such as PT6H, or seconds, and not negative: '{text}'." },
                statusCode: StatusCodes.Status400BadRequest);
        }

        advance(step);
        return State();
    }

    private IResult State() => Results.Json(new { utcNow = clock.GetUtcNow().UtcDateTime, aheadSeconds = clock.Ahead.TotalSeconds });

    private static TimeSpan? Duration(string text)
    {
        try
        {
            return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds)
                ? TimeSpan.FromSeconds(seconds)
                : XmlConvert.ToTimeSpan(text);
        }
        catch (Exception fault) when (fault is FormatException or OverflowException or ArgumentException)
        {
            return null;
        }
    }
}
