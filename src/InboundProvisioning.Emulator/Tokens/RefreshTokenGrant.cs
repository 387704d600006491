using System.Linq;

using Microsoft.AspNetCore.Http;

namespace InboundProvisioning.Emulator.Tokens;

/// <summary>https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow#refresh-the-access-token</summary>
internal sealed class RefreshTokenGrant(UserTokens tokens, DelegatedScopes scopes) : ITokenGrant
{
    public string Type => "refresh_token";

    public IResult Answer(IFormCollection form, string? basicSecret)
    {
        string refreshToken = form["refresh_token"].ToString();
        if (refreshToken.Length == 0)
        {
            return TokenError.MissingParameter("refresh_token");
        }

        if (tokens.Redeem(refreshToken) is not { } grant)
        {
            return TokenError.InvalidGrant("The refresh token isn't valid or has expired.");
        }

        if (form["scope"].ToString() is not { Length: > 0 } requested)
        {
            return tokens.Answer(grant);
        }

        (UserGrant? narrowed, TokenError? fault) = scopes.Grant(requested, grant.Nonce);
        if (fault is not null)
        {
            return fault;
        }

        // A refresh gives no more than the sign-in did.
        return narrowed!.Scopes.All(grant.Scopes.Contains) ? tokens.Answer(narrowed with { Offline = true }) : TokenError.NoConsent(null);
    }
}
