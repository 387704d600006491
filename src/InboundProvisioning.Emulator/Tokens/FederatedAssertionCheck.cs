using System;

namespace InboundProvisioning.Emulator.Tokens;

/// <summary>
/// Checks the token of a federated issuer against the one federated identity credential of the client: issuer, audience and subject are
/// compared letter by letter, https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations
/// </summary>
internal sealed class FederatedAssertionCheck(FederatedIssuer issuer, TimeProvider clock)
{
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    /// <summary>Whether an assertion comes from an issuer with a URL; else the client has signed it by itself.</summary>
    public static bool IsFor(string compact) =>
        JsonWebToken.TryParse(compact) is { } assertion
        && JsonWebToken.Text(assertion.Claims, "iss")?.StartsWith("https://", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>What is wrong with the assertion, or null.</summary>
    public TokenError? Refuse(string compact)
    {
        JsonWebToken assertion = JsonWebToken.TryParse(compact)!;
        string named = JsonWebToken.Text(assertion.Claims, "iss")!;
        if (named != issuer.Url)
        {
            return TokenError.NoFederatedIssuer(named);
        }

        if (!assertion.IsFor(FederatedIssuer.ExchangeAudience))
        {
            return TokenError.NoFederatedAudience(JsonWebToken.Text(assertion.Claims, "aud"));
        }

        if (JsonWebToken.Text(assertion.Claims, "sub") is not { } subject || subject != FederatedIssuer.Subject)
        {
            return TokenError.NoFederatedSubject(JsonWebToken.Text(assertion.Claims, "sub"));
        }

        if (!issuer.Signed(assertion))
        {
            return TokenError.WrongFederatedSignature();
        }

        if (assertion.Time("exp") is not { } expires)
        {
            return TokenError.MalformedAssertion("The claim 'exp' is missing or not a time.");
        }

        DateTimeOffset now = clock.GetUtcNow();
        DateTimeOffset? notBefore = assertion.Time("nbf");
        return now > expires + ClockSkew || now < notBefore - ClockSkew ? TokenError.OutOfTime(now, notBefore, expires) : null;
    }
}
