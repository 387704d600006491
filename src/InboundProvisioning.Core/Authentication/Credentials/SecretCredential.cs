using System.Security;
using InboundProvisioning.Authentication.Tokens;

namespace InboundProvisioning.Authentication.Credentials;

/// <summary>The value of a client secret.</summary>
public sealed class SecretCredential : Credential
{
    private readonly SecureString _secret;

    /// <summary>Takes the secret, which stays the caller's.</summary>
    /// <param name="tenantId">The tenant's id or one of its domains.</param>
    /// <param name="clientId">The app's id.</param>
    /// <param name="secret">The secret's value.</param>
    public SecretCredential(string tenantId, string clientId, SecureString secret)
        : base(tenantId, clientId)
    {
        _secret = secret;
    }

    /// <inheritdoc/>
    public override string Description => "Client secret";

    /// <inheritdoc/>
    internal override ITokenSource CreateTokenSource(SignInContext context) => new ConfidentialClientTokenSource(
        context, TenantId!, ClientId!, builder => builder.WithClientSecret(_secret.Reveal()));
}
