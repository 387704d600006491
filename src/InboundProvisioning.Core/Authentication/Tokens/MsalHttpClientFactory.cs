using System;
using System.Net.Http;
using Microsoft.Identity.Client;

namespace InboundProvisioning.Authentication.Tokens;

/// <summary>Has MSAL use our handler (proxy, trusted root, no redirects, retries) for its calls.</summary>
internal sealed class MsalHttpClientFactory : IMsalHttpClientFactory, IDisposable
{
    // The handler limits each attempt; this is for all of them, with their waits.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private readonly HttpClient _client;

    public MsalHttpClientFactory(HttpMessageHandler handler)
    {
        _client = new HttpClient(handler, disposeHandler: false) { Timeout = Longest, DefaultRequestHeaders = { ExpectContinue = false } };
    }

    public HttpClient GetHttpClient() => _client;

    public void Dispose() => _client.Dispose();
}
