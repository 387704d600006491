using System;
using System.Globalization;
using System.Security;
using System.Threading;
using System.Threading.Tasks;

namespace InboundProvisioning.Authentication.Tokens;

/// <summary>
/// An access token that the user got elsewhere. It cannot be renewed; a token that is not a JWT is used as it is.
/// </summary>
internal sealed class GivenTokenSource : ITokenSource
{
    private readonly AccessToken _token;
    private readonly TimeProvider _time;

    /// <summary>Takes the token.</summary>
    /// <param name="token">The token, with or without <c>Bearer</c> before it.</param>
    /// <param name="time">The clock that decides whether the token has ended.</param>
    /// <exception cref="InboundProvisioningException"><c>AccessTokenInvalid</c>: empty, or with characters that no token has.</exception>
    public GivenTokenSource(SecureString token, TimeProvider time)
    {
        const string Scheme = "Bearer ";
        string value = token.Reveal().TrimStart();
        value = (value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? value.Substring(Scheme.Length) : value).Trim();
        if (!TokenText.IsOne(value))
        {
            throw new InboundProvisioningException(
                "AccessTokenInvalid",
                FaultKind.Authentication,
                "The access token is empty or holds a space, a line break or another character that no token has. Give the token's text alone.");
        }

        _token = new AccessToken(value, TokenClaims.TryRead(value)?.ExpiresOn);
        _time = time;
    }

    /// <inheritdoc/>
    public AccessToken? Current => _token;

    /// <inheritdoc/>
    public Task<AccessToken> GetTokenAsync(AccessToken? refused, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_token.ExpiresOn is DateTimeOffset end && end <= _time.GetUtcNow())
        {
            throw new InboundProvisioningException(
                "AccessTokenExpired",
                FaultKind.Authentication,
                "The access token expired at " + end.ToString("u", CultureInfo.InvariantCulture) + ". Get a new one and connect again; "
                    + "with a certificate or client secret the module renews tokens by itself.");
        }

        if (refused is not null)
        {
            throw new InboundProvisioningException(
                "AccessTokenRefused",
                FaultKind.Authentication,
                "Microsoft Graph refuses the access token (401). It may have ended, be meant for another service or cloud, or come from "
                    + "another tenant. Get a new one for Microsoft Graph and connect again.");
        }

        return Task.FromResult(_token);
    }
}
