using System;
using System.Security.Cryptography;

using InboundProvisioning.Emulator.Identity;

namespace InboundProvisioning.Emulator.Tokens;

/// <summary>
/// A stand-in for an issuer outside of Microsoft Entra that the API client trusts, such as GitHub Actions or a Kubernetes cluster:
/// https://learn.microsoft.com/entra/workload-id/workload-identity-federation
/// </summary>
/// <param name="url">The issuer's URL: what <c>iss</c> says, and where its keys are found.</param>
/// <param name="signingKey">
/// Its key: the authority's own, because making another takes a noticeable part of each start. Issuer and audience tell their tokens apart.
/// </param>
/// <param name="clock">The time.</param>
internal sealed class FederatedIssuer(string url, SigningKey signingKey, TimeProvider clock)
{
    /// <summary>https://learn.microsoft.com/graph/api/resources/federatedidentitycredential: the audience for the global cloud.</summary>
    public const string ExchangeAudience = "api://AzureADTokenExchange";

    /// <summary>The subject of the credential that the client is registered with.</summary>
    public const string Subject = "repo:contoso/hr-provisioning:ref:refs/heads/main";

    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    public string Url => url;

    public SigningKey SigningKey => signingKey;

    /// <summary>A token, right in all that is not given.</summary>
    public string Issue(string? subject = null, string? audience = null, string? issuer = null, TimeSpan? lifetime = null)
    {
        DateTimeOffset now = clock.GetUtcNow();
        return JsonWebToken.Sign(
            new { typ = "JWT", alg = "RS256", kid = SigningKey.Id },
            new
            {
                iss = issuer ?? url,
                sub = subject ?? Subject,
                aud = audience ?? ExchangeAudience,
                iat = now.ToUnixTimeSeconds(),
                nbf = now.ToUnixTimeSeconds(),
                exp = (now + (lifetime ?? Lifetime)).ToUnixTimeSeconds(),
                jti = Tenant.NewSecret(),
            },
            SigningKey.Key);
    }

    public bool Signed(JsonWebToken token) =>
        JsonWebToken.Text(token.Header, "alg") == "RS256"
        && JsonWebToken.Text(token.Header, "kid") == SigningKey.Id
        && token.IsSignedBy(SigningKey.Key, RSASignaturePadding.Pkcs1);
}
