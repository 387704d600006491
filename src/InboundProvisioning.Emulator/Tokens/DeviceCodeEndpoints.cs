using System;
using System.Threading.Tasks;

using InboundProvisioning.Emulator.Identity;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace InboundProvisioning.Emulator.Tokens;

/// <summary>
/// Where a device asks for a code: https://learn.microsoft.com/entra/identity-platform/v2-oauth2-device-code#device-authorization-request
/// </summary>
internal sealed class DeviceCodeEndpoints(Tenant tenant, AuthorityUrls urls, DeviceCodes codes, DelegatedScopes scopes)
{
    private string VerificationUri => $"{urls.Authority}/devicelogin";

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/{tenantId}/oauth2/v2.0/devicecode", AnswerAsync);

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
}
