using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http.Headers;
using System.Text;
using System.Threading.Tasks;

using InboundProvisioning.Emulator.Identity;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace InboundProvisioning.Emulator.Tokens;

/// <summary>The token endpoint: it checks tenant and client, and leaves the rest to the grant that is asked for.</summary>
internal sealed class TokenEndpoint(Tenant tenant, params IEnumerable<ITokenGrant> grants)
{
    private readonly Dictionary<string, ITokenGrant> _grants = grants.ToDictionary(grant => grant.Type, StringComparer.Ordinal);

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/{tenantId}/oauth2/v2.0/token", AnswerAsync);

    private async Task<IResult> AnswerAsync(string tenantId, HttpContext context)
    {
        TokenRequestIds.Begin(context);
        IFormCollection form = context.Request.HasFormContentType
            ? await context.Request.ReadFormAsync(context.RequestAborted)
            : FormCollection.Empty;
        if (tenant.Refuse(tenantId) is { } unknown)
        {
            return unknown;
        }

        string grantType = form["grant_type"].ToString();
        if (grantType.Length == 0)
        {
            return TokenError.MissingParameter("grant_type");
        }

        if (!_grants.TryGetValue(grantType, out ITokenGrant? grant))
        {
            return TokenError.UnsupportedGrant(grantType);
        }

        (string Id, string Secret)? basic = BasicCredential(context.Request.Headers.Authorization);
        return tenant.RefuseClient(basic?.Id ?? form["client_id"].ToString()) ?? grant.Answer(form, basic?.Secret);
    }

    /// <summary>RFC 6749 section 2.3.1: both halves are form-encoded before they are joined.</summary>
    private static (string Id, string Secret)? BasicCredential(string? authorization)
    {
        if (!AuthenticationHeaderValue.TryParse(authorization, out AuthenticationHeaderValue? header)
            || !string.Equals(header.Scheme, "Basic", StringComparison.OrdinalIgnoreCase)
            || header.Parameter is null)
        {
            return null;
        }

        byte[] decoded = new byte[header.Parameter.Length];
        if (!Convert.TryFromBase64String(header.Parameter, decoded, out int length))
        {
            return null;
        }

        string[] halves = Encoding.UTF8.GetString(decoded, 0, length).Split(':', 2);
        return halves.Length == 2 ? (Decode(halves[0]), Decode(halves[1])) : null;

        static string Decode(string half) => Uri.UnescapeDataString(half.Replace('+', ' '));
    }
}
