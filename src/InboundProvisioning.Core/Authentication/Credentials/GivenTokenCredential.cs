using System.Security;
using InboundProvisioning.Authentication.Tokens;

namespace InboundProvisioning.Authentication.Credentials;

/// <summary>An access token for Microsoft Graph that was got elsewhere. It cannot be renewed.</summary>
public sealed class GivenTokenCredential : Credential
{
    private readonly SecureString _token;

    /// <summary>Takes the token, which stays the caller's.</summary>
    /// <param name="token">The token, with or without <c>Bearer</c> before it.</param>
    /// <param name="tenantId">The tenant, where the user names it.</param>
    /// <param name="clientId">The app, where the user names it.</param>
    public GivenTokenCredential(SecureString token, string? tenantId = null, string? clientId = null)
        : base(tenantId, clientId)
    {
        _token = token;
    }

    /// <inheritdoc/>
    public override string Description => "Access token";

    /// <inheritdoc/>
    public override AuthenticationType? AuthenticationType => null;

    /// <inheritdoc/>
    internal override ITokenSource CreateTokenSource(SignInContext context) => new GivenTokenSource(_token, context.Time);
}
