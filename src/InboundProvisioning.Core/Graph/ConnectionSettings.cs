using System;
using System.Net;
using InboundProvisioning.Authentication;
using InboundProvisioning.Authentication.Credentials;
using InboundProvisioning.Http;

namespace InboundProvisioning.Graph;

/// <summary>How to sign in, and the way to the service.</summary>
public sealed record ConnectionSettings
{
    /// <summary>Where Microsoft Graph and the sign-in service are.</summary>
    public required ServiceEndpoints Endpoints { get; init; }

    /// <summary>What to sign in with; the connection disposes it.</summary>
    public required Credential Credential { get; init; }

    /// <summary>The full path of a private root certificate to trust too.</summary>
    public string? TrustedRootCertificatePath { get; init; }

    /// <summary>The proxy; null for the system's. A managed identity is asked without one.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>The sign-in of the proxy.</summary>
    public NetworkCredential? ProxyCredential { get; init; }

    /// <summary>How often a sign-in is tried again.</summary>
    public RetrySettings Retries { get; init; } = new();
}
