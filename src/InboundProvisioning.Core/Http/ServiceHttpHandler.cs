using System;
using System.Net;
using System.Net.Http;
#if !NET8_0_OR_GREATER
using System.Security.Authentication;
#endif

namespace InboundProvisioning.Http;

/// <summary>Makes the one handler that sign-in and Microsoft Graph share.</summary>
public static class ServiceHttpHandler
{
    // More than the most requests that are ever in flight, so that none waits for a connection.
    private const int ConnectionsPerServer = 32;

    /// <summary>Makes the handler. It never follows a redirect (the token would go along) and keeps no cookies.</summary>
    /// <param name="proxy">The proxy, or null for the system's.</param>
    /// <param name="proxyCredential">The sign-in of the proxy, given or the system's; or null.</param>
    /// <param name="trustedRoot">A private root to trust too, or null.</param>
    /// <exception cref="InboundProvisioningException"><c>ProxyInvalid</c>.</exception>
    public static HttpMessageHandler Create(Uri? proxy = null, NetworkCredential? proxyCredential = null, TrustedRoot? trustedRoot = null)
    {
        if (proxy is not null && (!proxy.IsAbsoluteUri || proxy.Scheme is not ("http" or "https") || proxy.UserInfo.Length > 0))
        {
            throw new InboundProvisioningException(
                "ProxyInvalid",
                FaultKind.InvalidArgument,
                $"-Proxy {proxy.Shown()} is not a URL such as 'http://proxy.example.com:8080'. User name and password go to -ProxyCredential.");
        }

        return Create(proxy is null ? null : new WebProxy(proxy) { Credentials = proxyCredential }, proxyCredential, trustedRoot);
    }

    /// <summary>
    /// Makes the handler of calls that stay on this machine: no proxy, no redirects, and little patience for an address that is not
    /// there. The instance metadata service must be called without a proxy:
    /// https://learn.microsoft.com/azure/virtual-machines/instance-metadata-service#proxies.
    /// </summary>
    internal static HttpMessageHandler CreateLocal()
    {
#if NET8_0_OR_GREATER
        return new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(3) };
#else
        return new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false };
#endif
    }

#if NET8_0_OR_GREATER
    private static SocketsHttpHandler Create(WebProxy? proxy, NetworkCredential? proxyCredential, TrustedRoot? trustedRoot)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = true,
            Proxy = proxy,
            DefaultProxyCredentials = proxyCredential,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
            MaxConnectionsPerServer = ConnectionsPerServer,
            ConnectTimeout = TimeSpan.FromSeconds(30),

            // A long run follows a change of the host's addresses.
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        };
        if (trustedRoot is not null)
        {
            handler.SslOptions.RemoteCertificateValidationCallback =
                (_, certificate, chain, errors) => trustedRoot.Accepts(certificate, chain, errors);
        }

        return handler;
    }
#else
    private static HttpClientHandler Create(WebProxy? proxy, NetworkCredential? proxyCredential, TrustedRoot? trustedRoot)
    {
        var handler = new HttpClientHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = true,
            Proxy = proxy,
            DefaultProxyCredentials = proxyCredential,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,

            // .NET Framework allows two by default.
            MaxConnectionsPerServer = ConnectionsPerServer,

            // Windows PowerShell still offers SSL 3 and TLS 1.0 on some systems.
            SslProtocols = SslProtocols.Tls12,
        };
        if (trustedRoot is not null)
        {
            handler.ServerCertificateCustomValidationCallback =
                (_, certificate, chain, errors) => trustedRoot.Accepts(certificate, chain, errors);
        }

        return handler;
    }
#endif
}
