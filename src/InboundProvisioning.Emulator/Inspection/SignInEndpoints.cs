using InboundProvisioning.Emulator.Tokens;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace InboundProvisioning.Emulator.Inspection;

/// <summary>
/// Where a script does what the user would do in a browser: <c>POST /emulator/devicecode/approve?user_code=…</c> or <c>…/deny</c>, and
/// <c>POST /emulator/signin?error=…</c>, with which the next visit to the authorization endpoint ends.
/// </summary>
internal sealed class SignInEndpoints(DeviceCodes codes, RefusedSignIns refused)
{
    private const string Decide = $"{InspectionEndpoints.Prefix}/devicecode";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost($"{Decide}/approve", (HttpContext context) => DecideOn(context, approve: true));
        routes.MapPost($"{Decide}/deny", (HttpContext context) => DecideOn(context, approve: false));
        routes.MapGet("/devicelogin", (HttpContext context) => Results.Text(
            $"This authority has no page to sign in at. POST to https://{context.Request.Host}{Decide}/approve?user_code=CODE instead."));
        routes.MapPost($"{InspectionEndpoints.Prefix}/signin", (string? error) =>
        {
            refused.Add(string.IsNullOrEmpty(error) ? "access_denied" : error);
            return Results.NoContent();
        });
    }

    private IResult DecideOn(HttpContext context, bool approve)
    {
        string userCode = context.Request.Query["user_code"].ToString();
        return codes.Decide(userCode, approve)
            ? Results.NoContent()
            : Results.Json(new { error = $"Nobody waits with the user_code '{userCode}'." }, statusCode: StatusCodes.Status404NotFound);
    }
}
