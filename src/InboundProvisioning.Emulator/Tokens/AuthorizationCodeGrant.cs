using System;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

using Microsoft.AspNetCore.Http;

namespace InboundProvisioning.Emulator.Tokens;

/// <summary>https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow#request-an-access-token-with-a-client_secret</summary>
internal sealed class AuthorizationCodeGrant(AuthorizationCodes codes, UserTokens tokens) : ITokenGrant
{
    public string Type => "authorization_code";

    public IResult Answer(IFormCollection form, string? basicSecret)
    {
        foreach (string required in (string[])["code", "redirect_uri"])
        {
            if (form[required].ToString().Length == 0)
            {
                return TokenError.MissingParameter(required);
            }
        }

        (AuthorizationCode? code, TokenError? fault) = codes.Take(form["code"].ToString());
        if (fault is not null)
        {
            return fault;
        }

        if (form["redirect_uri"] != code!.RedirectUri)
        {
            return TokenError.WrongRedirectAtRedemption();
        }

        return Verifies(code, form["code_verifier"].ToString()) ? tokens.Answer(code.Grant) : TokenError.WrongCodeVerifier();
    }

    /// <summary>RFC 7636 section 4.6.</summary>
    private static bool Verifies(AuthorizationCode code, string verifier)
    {
        if (code.Challenge is null)
        {
            return true;
        }

        string computed = code.ChallengeMethod == "S256"
            ? Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)))
            : verifier;
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(computed), Encoding.ASCII.GetBytes(code.Challenge));
    }
}
