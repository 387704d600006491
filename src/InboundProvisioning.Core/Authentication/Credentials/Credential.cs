using System;
using InboundProvisioning.Authentication.Tokens;

namespace InboundProvisioning.Authentication.Credentials;

/// <summary>What a connection signs in with. It is disposed with its connection and never shows a secret.</summary>
public abstract class Credential : IDisposable
{
    private protected Credential(string? tenantId, string? clientId)
    {
        TenantId = tenantId;
        ClientId = clientId;
    }

    /// <summary>The tenant that is signed in to, its id or one of its domains; null where the credential itself decides.</summary>
    public string? TenantId { get; }

    /// <summary>The id of the app that signs in; null where the credential itself decides.</summary>
    public string? ClientId { get; }

    /// <summary>The kind of credential in words, with the thumbprint of a certificate; nothing of a secret.</summary>
    public abstract string Description { get; }

    /// <summary>Whether a person signs in, or an app by itself; null where only the token can say.</summary>
    public virtual AuthenticationType? AuthenticationType => Authentication.AuthenticationType.Application;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    public sealed override string ToString() => Description;

    /// <summary>Makes the source of tokens, which the connection owns. No call is made.</summary>
    internal abstract ITokenSource CreateTokenSource(SignInContext context);

    /// <summary>Releases what the credential holds.</summary>
    private protected virtual void Dispose(bool disposing)
    {
    }
}
