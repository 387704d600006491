using System;
using System.Net.Http;
using Microsoft.Identity.Client;

namespace InboundProvisioning.Authentication;

/// <summary>Has MSAL use the same handler (proxy, trusted root, no redirects) as the calls of Microsoft Graph.</summary>
internal sealed class MsalHttpClientFactory : IMsalHttpClientFactory, IDisposable
{
    private static readonly TimeSpan SignInTimeout = TimeSpan.FromSeconds(30);

    private readonly HttpClient _client;

    public MsalHttpClientFactory(HttpMessageHandler handler)
    {
        _client = new HttpClient(handler, disposeHandler: false) { Timeout = SignInTimeout, DefaultRequestHeaders = { ExpectContinue = false } };
    }

    public HttpClient GetHttpClient() => _client;

    public void Dispose() => _client.Dispose();
}
