using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Security.Cryptography.X509Certificates;
using InboundProvisioning.Graph;

namespace InboundProvisioning.Authentication;

/// <summary>A way to the service: one HTTP handler for sign-in and Microsoft Graph, and the tokens, in memory only.</summary>
public sealed class ServiceConnection : IDisposable
{
    private readonly HttpMessageHandler _handler;
    private readonly Stack<IDisposable> _owned = new();

    private ServiceConnection(ConnectionSettings settings, TimeProvider time)
    {
        Endpoints = settings.Endpoints;
        TrustedRoot? root = settings.TrustedRootCertificatePath is string path ? Own(TrustedRoot.Read(path)) : null;
        _handler = Own(ServiceHttpHandler.Create(settings.Proxy, settings.ProxyCredential, root));
        try
        {
            if (settings.AccessToken is not null)
            {
                var given = new GivenTokenSource(settings.AccessToken, time);
                Tokens = given;
                TenantId = settings.TenantId ?? given.Claims?.TenantId;
                ClientId = settings.ClientId ?? given.Claims?.ClientId;
                Credential = "Access token";
                return;
            }

            TenantId = settings.TenantId ?? throw Missing("TenantId");
            ClientId = settings.ClientId ?? throw Missing("ClientId");
            if (settings.ClientSecret is not null)
            {
                Credential = "Client secret";
                Tokens = Own(ConfidentialClientTokenSource.FromSecret(
                    Endpoints, TenantId, ClientId, settings.ClientSecret, _handler, settings.Retries, time));
                return;
            }

            X509Certificate2 certificate = settings.Certificate
                ?? Own(settings.CertificateThumbprint is string thumbprint
                    ? CertificateStore.Find(thumbprint)
                    : CertificateFile.Read(settings.CertificatePath!, settings.CertificatePassword));
            Credential = "Certificate " + certificate.Thumbprint;
            Tokens = Own(ConfidentialClientTokenSource.FromCertificate(
                Endpoints, TenantId, ClientId, certificate, _handler, settings.Retries, time));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Where the service is.</summary>
    public ServiceEndpoints Endpoints { get; }

    /// <summary>Where tokens come from.</summary>
    public ITokenSource Tokens { get; }

    /// <summary>The tenant, or null where a given token does not say.</summary>
    public string? TenantId { get; }

    /// <summary>The app, or null where a given token does not say.</summary>
    public string? ClientId { get; }

    /// <summary>The kind of credential in words, with the thumbprint of a certificate; nothing of the secret.</summary>
    public string Credential { get; }

    /// <summary>Makes a connection. No call is made: the first token does that.</summary>
    /// <param name="settings">How to sign in.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="InboundProvisioningException">
    /// <c>CredentialMissing</c>, <c>CredentialConflict</c>, <c>TenantIdMissing</c>, <c>ClientIdMissing</c>, and the faults of
    /// certificates, the trusted root, the proxy and a given token.
    /// </exception>
    public static ServiceConnection Open(ConnectionSettings settings, TimeProvider time)
    {
        RequireOneCredential(settings);
        return new ServiceConnection(settings, time);
    }

    /// <summary>Makes a client of Microsoft Graph on this connection; the caller disposes it.</summary>
    public GraphClient CreateGraphClient(RetrySettings retries, TimeProvider time) => new(Endpoints, Tokens, _handler, retries, time);

    /// <inheritdoc/>
    public void Dispose()
    {
        while (_owned.Count > 0)
        {
            _owned.Pop().Dispose();
        }
    }

    private static void RequireOneCredential(ConnectionSettings settings)
    {
        List<string> given = new (string Name, object? Value)[]
        {
            ("-Certificate", settings.Certificate),
            ("-CertificateThumbprint", settings.CertificateThumbprint),
            ("-CertificatePath", settings.CertificatePath),
            ("-ClientSecret", settings.ClientSecret),
            ("-AccessToken", settings.AccessToken),
        }.Where(static credential => credential.Value is not null).Select(static credential => credential.Name).ToList();
        if (given.Count == 0)
        {
            throw new InboundProvisioningException(
                "CredentialMissing",
                FaultKind.InvalidArgument,
                "No credential is given. Give -Certificate, -CertificateThumbprint, -CertificatePath or -ClientSecret with -TenantId and -ClientId, or -AccessToken.");
        }

        if (given.Count > 1)
        {
            throw new InboundProvisioningException(
                "CredentialConflict", FaultKind.InvalidArgument, $"Give one credential, not several: {string.Join(", ", given)}.");
        }

        if (settings.CertificatePassword is not null && settings.CertificatePath is null)
        {
            throw new InboundProvisioningException(
                "CredentialConflict", FaultKind.InvalidArgument, "-CertificatePassword belongs to -CertificatePath, which is not given.");
        }
    }

    private static InboundProvisioningException Missing(string parameter) => new(
        parameter + "Missing", FaultKind.InvalidArgument, $"-{parameter} is missing: a certificate or client secret signs in as an app of a tenant.", parameter);

    private T Own<T>(T disposable)
        where T : IDisposable
    {
        _owned.Push(disposable);
        return disposable;
    }
}
