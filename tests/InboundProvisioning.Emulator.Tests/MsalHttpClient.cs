using System.Net.Http;

using Microsoft.Identity.Client;

namespace InboundProvisioning.Emulator.Tests;

/// <summary>Makes MSAL use a client that trusts an emulator.</summary>
internal sealed class MsalHttpClient(HttpClient client) : IMsalHttpClientFactory
{
    public HttpClient GetHttpClient() => client;
}
