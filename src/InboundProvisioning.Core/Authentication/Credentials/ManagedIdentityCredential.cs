using InboundProvisioning.Authentication.Tokens;
using InboundProvisioning.Http;

namespace InboundProvisioning.Authentication.Credentials;

/// <summary>
/// The managed identity of the Azure resource that this runs on (Automation account, App Service, virtual machine):
/// https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/overview.
/// </summary>
public sealed class ManagedIdentityCredential : Credential
{
    /// <summary>Chooses the identity.</summary>
    /// <param name="clientId">The client id of a user-assigned identity; null for the system-assigned one.</param>
    public ManagedIdentityCredential(string? clientId)
        : base(tenantId: null, clientId)
    {
    }

    /// <inheritdoc/>
    public override string Description => ClientId is null ? "Managed identity (system-assigned)" : "Managed identity (user-assigned)";

    /// <inheritdoc/>
    internal override ITokenSource CreateTokenSource(SignInContext context) =>
        new ManagedIdentityTokenSource(context with { Handler = ServiceHttpHandler.CreateLocal() }, ClientId);
}
