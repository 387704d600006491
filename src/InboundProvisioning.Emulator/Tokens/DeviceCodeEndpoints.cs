using System;
using System.Threading.Tasks;

using InboundProvisioning.Emulator.Identity;
using InboundProvisioning.Emulator.Inspection;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace InboundProvisioning.Emulator.Tokens;

/// <summary>
/// Where a device asks for a code, https://learn.microsoft.com/entra/identity-platform/v2-oauth2-device-code#device-authorization-request,
/// and where a script does what the user would do in a browser: <c>POST /emulator/devicecode/approve?user_code=…</c> or <c>…/deny</c>.
/// </summary>
internal sealed class DeviceCodeEndpoints(Tenant tenant, AuthorityUrls urls, DeviceCodes codes, DelegatedScopes scopes)
{
    private const string Decide = $"{InspectionEndpoints.Prefix}/devicecode";

    private string VerificationUri => $"{urls.Authority}/devicelogin";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/{tenantId}/oauth2/v2.0/devicecode", AnswerAsync);
        routes.MapPost($"{Decide}/approve", (HttpContext context) => DecideOn(context, approve: true));
        routes.MapPost($"{Decide}/deny", (HttpContext context) => DecideOn(context, approve: false));
        routes.MapGet("/devicelogin", () => Results.Text(
            $"This authority has no page to sign in at. POST to {urls.Authority}{Decide}/approve?user_code=CODE instead."));
    }

    private async Task<IResult> AnswerAsync(string tenantId, HttpContext context)
    {
        TokenRequestIds.Begin(context);
        IFormCollection form = context.Request.HasFormContentType
            ? await context.Request.ReadFormAsync(context.RequestAborted)
            : FormCollection.Empty;
        if ((tenant.Refuse(tenantId) ?? tenant.RefuseClient(form["client_id"].ToString())) is { } refusal)
        {
            return refusal;
        }

        (UserGrant? grant, TokenError? fault) = scopes.Grant(form["scope"].ToString());
        if (fault is not null)
        {
            return fault;
        }

        DeviceCode issued = codes.Issue(grant!);
        return Results.Json(new
        {
            user_code = issued.UserCode,
            device_code = issued.Code,
            verification_uri = VerificationUri,
            expires_in = (int)DeviceCodes.Lifetime.TotalSeconds,
            interval = (int)codes.Interval.TotalSeconds,
            message = $"To sign in, use a web browser to open the page {VerificationUri} and enter the code {issued.UserCode} to authenticate.",
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
