using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;

using InboundProvisioning.Emulator.Identity;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Routing;

namespace InboundProvisioning.Emulator.Tokens;

/// <summary>
/// The authorization endpoint, https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow#request-an-authorization-code
/// It shows no page: the tenant's one user signs in and consents at once, or refuses when <c>POST /emulator/signin?error=…</c> said so.
/// </summary>
internal sealed class AuthorizeEndpoint(Tenant tenant, AuthorizationCodes codes, DelegatedScopes scopes, RefusedSignIns refused)
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/{tenantId}/oauth2/v2.0/authorize", Answer);

    private IResult Answer(string tenantId, HttpContext context)
    {
        TokenRequestIds.Begin(context);
        IQueryCollection query = context.Request.Query;

        // What is wrong with tenant, client or redirect URI is shown to the user and never sent to the URI.
        string redirectUri = query["redirect_uri"].ToString();
        if ((tenant.Refuse(tenantId) ?? tenant.RefuseClient(query["client_id"].ToString()) ?? RefuseRedirect(redirectUri)) is { } shown)
        {
            return shown;
        }

        Dictionary<string, string> answer = Decide(context, query, redirectUri);
        if (query["state"].ToString() is { Length: > 0 } state)
        {
            answer["state"] = state;
        }

        return query["response_mode"] == "form_post"
            ? Results.Content(SelfPostingForm(redirectUri, answer), "text/html; charset=utf-8")
            : Results.Redirect($"{redirectUri}{(redirectUri.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{new QueryBuilder(answer).ToString()[1..]}");
    }

    private Dictionary<string, string> Decide(HttpContext context, IQueryCollection query, string redirectUri)
    {
        if (refused.Next() is { } error)
        {
            return Fault(TokenError.SignInRefused(error), context);
        }

        if (query["response_type"] != "code")
        {
            return Fault(TokenError.UnsupportedResponseType(query["response_type"].ToString()), context);
        }

        string challenge = query["code_challenge"].ToString();
        string method = query["code_challenge_method"].ToString() is { Length: > 0 } given ? given : "plain";
        if (challenge.Length > 0 && method is not ("S256" or "plain"))
        {
            return Fault(TokenError.UnsupportedChallengeMethod(method), context);
        }

        (UserGrant? grant, TokenError? fault) = scopes.Grant(query["scope"].ToString(), query["nonce"].ToString() is { Length: > 0 } nonce ? nonce : null);
        return fault is not null
            ? Fault(fault, context)
            : new Dictionary<string, string>
            {
                ["code"] = codes.Issue(grant!, redirectUri, challenge.Length > 0 ? challenge : null, method),
                ["session_state"] = Guid.NewGuid().ToString(),
            };
    }

    private static Dictionary<string, string> Fault(TokenError fault, HttpContext context) => new()
    {
        ["error"] = fault.Error,
        ["error_description"] = fault.Describe(context),
    };

    /// <summary>
    /// The client is registered with http://localhost, for which any port is taken:
    /// https://learn.microsoft.com/entra/identity-platform/reply-url#localhost-exceptions
    /// </summary>
    private static TokenError? RefuseRedirect(string redirectUri)
    {
        if (redirectUri.Length == 0)
        {
            return TokenError.MissingParameter("redirect_uri");
        }

        return Uri.TryCreate(redirectUri, UriKind.Absolute, out Uri? uri)
            && uri is { Scheme: "http", Host: "localhost", AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" }
                ? null
                : TokenError.WrongRedirect(redirectUri);
    }

    /// <summary>https://openid.net/specs/oauth-v2-form-post-response-mode-1_0.html</summary>
    private static string SelfPostingForm(string redirectUri, Dictionary<string, string> fields) =>
        $"""
        <html><head><title>Working...</title></head><body><form method="POST" name="hiddenform" action="{WebUtility.HtmlEncode(redirectUri)}">{string.Concat(
            fields.Select(field => $"<input type=\"hidden\" name=\"{field.Key}\" value=\"{WebUtility.HtmlEncode(field.Value)}\" />"))}<noscript><input type="submit" value="Submit" /></noscript></form><script>document.forms[0].submit();</script></body></html>
        """;
}
