using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;

using Xunit;

namespace InboundProvisioning.Emulator.Tests;

/// <summary>An emulator in this process, and a client that trusts its certificate authority and nothing else.</summary>
public sealed class RunningEmulator : IAsyncLifetime, IAsyncDisposable
{
    private readonly EmulatorOptions _options;
    private string? _token;

    /// <summary>Without limits, for the tests of one class to share.</summary>
    public RunningEmulator()
        : this(new EmulatorOptions { Limits = LimitMode.Off })
    {
    }

    private RunningEmulator(EmulatorOptions options) => _options = options;

    public EmulatorHost Host { get; private set; } = null!;

    public HttpClient Http { get; private set; } = null!;

    public EmulatorAddress Address => Host.Address;

    public string TokenUrl => $"{Address.Authority}/{Address.TenantId}/oauth2/v2.0/token";

    public string Jobs => $"/v1.0/servicePrincipals/{Address.ServicePrincipalId}/synchronization/jobs";

    public string BulkUpload => $"{Jobs}/{Address.JobId}/bulkUpload";

    public static async Task<RunningEmulator> StartAsync(EmulatorOptions options)
    {
        var emulator = new RunningEmulator(options);
        await emulator.InitializeAsync();
        return emulator;
    }

    public static HttpClient ClientTrusting(EmulatorAddress address)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(X509CertificateLoader.LoadCertificateFromFile(address.CaCertificatePath));
        var handler = new SocketsHttpHandler { UseProxy = false, SslOptions = { CertificateChainPolicy = policy } };
        return new HttpClient(handler) { BaseAddress = new Uri(address.Graph) };
    }

    public async Task InitializeAsync()
    {
        Host = await EmulatorHost.StartAsync(_options);
        Http = ClientTrusting(Address);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Host.DisposeAsync();
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    /// <summary>The fields of a token request that is right, without a credential.</summary>
    public Dictionary<string, string> TokenFields() => new()
    {
        ["grant_type"] = "client_credentials",
        ["client_id"] = Address.ClientId.ToString(),
        ["scope"] = $"{Address.Graph}/.default",
    };

    public Task<Answer> RequestTokenAsync(Dictionary<string, string> fields, string? url = null) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, url ?? TokenUrl) { Content = new FormUrlEncodedContent(fields) });

    /// <summary>A new access token, by secret.</summary>
    public async Task<string> SignInAsync()
    {
        Dictionary<string, string> fields = TokenFields();
        fields["client_secret"] = Address.ClientSecret;
        Answer answer = await RequestTokenAsync(fields);
        Assert.Equal(200, answer.Status);
        return answer.Json.GetProperty("access_token").GetString()!;
    }

    /// <summary>A scope for one delegated permission of the emulator's Graph.</summary>
    public string Scope(string permission) => $"{Address.Graph}/{permission}";

    /// <summary>Follows no redirect, so that it can be looked at.</summary>
    public HttpClient WithoutRedirects()
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(X509CertificateLoader.LoadCertificateFromFile(Address.CaCertificatePath));
        return new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false, AllowAutoRedirect = false, SslOptions = { CertificateChainPolicy = policy },
        })
        {
            BaseAddress = new Uri(Address.Graph),
        };
    }

    /// <summary>A request with the session's token, which is asked for once.</summary>
    public async Task<Answer> GetAsync(string path) =>
        await SendAsync(await AuthorizedAsync(new HttpRequestMessage(HttpMethod.Get, path)));

    public async Task<Answer> UploadAsync(string body, string contentType = "application/scim+json", string? path = null)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return await SendAsync(await AuthorizedAsync(new HttpRequestMessage(HttpMethod.Post, path ?? BulkUpload) { Content = content }));
    }

    public async Task<HttpRequestMessage> AuthorizedAsync(HttpRequestMessage request)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token ??= await SignInAsync());
        return request;
    }

    /// <summary>Makes the next request ask for a token anew.</summary>
    public void ForgetToken() => _token = null;

    public async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        using HttpResponseMessage response = await Http.SendAsync(request);

        // Before anything parses them, so that they are as they came.
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, HeaderStringValues values) in response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated))
        {
            headers[name] = values.ToString();
        }

        string body = await response.Content.ReadAsStringAsync();
        request.Dispose();
        return new Answer((int)response.StatusCode, headers, body);
    }

    public async Task<JsonElement> InspectAsync(string what) => (await SendAsync(new HttpRequestMessage(HttpMethod.Get, $"/emulator/{what}"))).Json;
}
