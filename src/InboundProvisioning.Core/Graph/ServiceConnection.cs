using System;
using System.Collections.Generic;
using System.Net.Http;
using InboundProvisioning.Authentication;
using InboundProvisioning.Authentication.Tokens;
using InboundProvisioning.Http;

namespace InboundProvisioning.Graph;

/// <summary>A way to the service: one HTTP handler for sign-in and Microsoft Graph, and the tokens, in memory only.</summary>
public sealed class ServiceConnection : IDisposable
{
    private readonly ConnectionSettings _settings;
    private readonly HttpMessageHandler _handler;
    private readonly Stack<IDisposable> _owned = new();

    private ServiceConnection(ConnectionSettings settings, TimeProvider time)
    {
        _settings = settings;
        Own(settings.Credential);
        try
        {
            TrustedRoot? root = settings.TrustedRootCertificatePath is string path ? Own(TrustedRoot.Read(path)) : null;
            _handler = Own(ServiceHttpHandler.Create(settings.Proxy, settings.ProxyCredential, root));
            Tokens = settings.Credential.CreateTokenSource(new SignInContext(Endpoints, _handler, settings.Retries, time));
            if (Tokens is IDisposable tokens)
            {
                Own(tokens);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Where the service is.</summary>
    public ServiceEndpoints Endpoints => _settings.Endpoints;

    /// <summary>Where tokens come from.</summary>
    public ITokenSource Tokens { get; }

    /// <summary>The tenant that was named, else the one that the token names; null where neither does.</summary>
    public string? TenantId => _settings.Credential.TenantId ?? Tokens.Current?.Claims?.TenantId;

    /// <summary>The app that was named, else the one that the token names; null where neither does.</summary>
    public string? ClientId => _settings.Credential.ClientId ?? Tokens.Current?.Claims?.ClientId;

    /// <summary>The kind of credential in words, with the thumbprint of a certificate; nothing of the secret.</summary>
    public string Credential => _settings.Credential.Description;

    /// <summary>Who acts: a person or an app by itself.</summary>
    public AuthenticationType AuthenticationType =>
        _settings.Credential.AuthenticationType ?? Tokens.Current?.Claims?.AuthenticationType ?? AuthenticationType.Unknown;

    /// <summary>Whether the connection has been disposed.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Makes a connection. No call is made: the first token does that.</summary>
    /// <param name="settings">How to sign in. Its credential is the connection's from now on, also where this fails.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="InboundProvisioningException">
    /// <c>TenantIdInvalid</c>, and the faults of certificates, the trusted root, the proxy and a given token.
    /// </exception>
    public static ServiceConnection Open(ConnectionSettings settings, TimeProvider time) => new(settings, time);

    /// <summary>Makes a client of Microsoft Graph on this connection; the caller disposes it.</summary>
    public GraphClient CreateGraphClient(RetrySettings retries, TimeProvider time) => new(Endpoints, Tokens, _handler, retries, time);

    /// <summary>The handler of all calls; it stays the connection's.</summary>
    internal HttpMessageHandler Handler => _handler;

    /// <summary>Tokens of the connection's identity for another service than Microsoft Graph.</summary>
    /// <param name="resource">The service.</param>
    /// <exception cref="InboundProvisioningException"><c>StorageTokenMissing</c>: the connection has a given token, which is for Graph alone.</exception>
    internal ITokenSource TokensFor(string resource) => Tokens is MsalTokenSource source ? source.For(resource) : throw new InboundProvisioningException(
        "StorageTokenMissing",
        FaultKind.Authentication,
        $"The connection has a token for Microsoft Graph that was given (-AccessToken), and none for {resource}. Give -StatePath the URL with a shared access signature, or sign in in another way.");

    /// <inheritdoc/>
    public void Dispose()
    {
        IsClosed = true;
        while (_owned.Count > 0)
        {
            _owned.Pop().Dispose();
        }
    }

    private T Own<T>(T disposable)
        where T : IDisposable
    {
        _owned.Push(disposable);
        return disposable;
    }
}
