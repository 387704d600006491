using System;
using System.IO;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;

using Microsoft.Identity.Client;

using Xunit;

namespace InboundProvisioning.Emulator.Tests;

/// <summary>Workload identity federation: https://learn.microsoft.com/entra/workload-id/workload-identity-federation</summary>
public sealed class FederatedSignInTests(RunningEmulator emulator) : IClassFixture<RunningEmulator>
{
    [Fact]
    public async Task The_token_of_the_file_signs_the_client_in()
    {
        Answer answer = await SignInAsync(await File.ReadAllTextAsync(emulator.Address.FederatedTokenPath));

        Assert.Equal(200, answer.Status);
        Assert.Equal(emulator.Address.ClientId, Jwt.Claims(answer.Json.GetProperty("access_token").GetString()!).GetProperty("appid").GetGuid());
    }

    [Fact]
    public async Task The_file_can_be_renewed()
    {
        string before = await File.ReadAllTextAsync(emulator.Address.FederatedTokenPath);

        emulator.Host.WriteFederatedToken();

        string after = await File.ReadAllTextAsync(emulator.Address.FederatedTokenPath);
        Assert.NotEqual(before, after);
        Assert.Equal(200, (await SignInAsync(after)).Status);
    }

    [Fact]
    public async Task The_issuer_publishes_its_keys_and_hands_out_tokens()
    {
        JsonElement document = await GetAsync("/emulator/federation/.well-known/openid-configuration");
        JsonElement keys = await GetAsync(document.GetProperty("jwks_uri").GetString()!);
        string token = (await GetAsync("/emulator/federation/token")).GetProperty("value").GetString()!;

        Assert.Equal(document.GetProperty("issuer").GetString(), Jwt.Claims(token).GetProperty("iss").GetString());
        Assert.Equal(1, keys.GetProperty("keys").GetArrayLength());
        Assert.Equal(200, (await SignInAsync(token)).Status);
        string other = (await GetAsync("/emulator/federation/token?subject=someone%20else")).GetProperty("value").GetString()!;
        (await SignInAsync(other)).IsTokenError(401, "invalid_client", 700213);
    }

    [Fact]
    public async Task Another_subject_audience_or_issuer_is_refused()
    {
        EmulatorHost host = emulator.Host;

        (await SignInAsync(host.NewFederatedToken(subject: "repo:someone/else:ref:refs/heads/main"))).IsTokenError(401, "invalid_client", 700213);
        (await SignInAsync(host.NewFederatedToken(audience: emulator.TokenUrl))).IsTokenError(401, "invalid_client", 700212);
        (await SignInAsync(host.NewFederatedToken(issuer: "https://issuer.example"))).IsTokenError(401, "invalid_client", 700211);
    }

    [Fact]
    public async Task An_expired_token_is_refused() =>
        (await SignInAsync(emulator.Host.NewFederatedToken(lifetime: TimeSpan.FromMinutes(-6)))).IsTokenError(401, "invalid_client", 700024);

    [Fact]
    public async Task Another_signature_is_refused()
    {
        string[] parts = emulator.Host.NewFederatedToken().Split('.');
        string[] others = emulator.Host.NewFederatedToken().Split('.');

        (await SignInAsync($"{parts[0]}.{parts[1]}.{others[2]}")).IsTokenError(401, "invalid_client", 50013);
    }

    [Fact]
    public async Task MSAL_signs_in_with_it()
    {
        IConfidentialClientApplication application = ConfidentialClientApplicationBuilder
            .Create(emulator.Address.ClientId.ToString())
            .WithHttpClientFactory(new MsalHttpClient(emulator.Http))
            .WithAuthority($"{emulator.Address.Authority}/{emulator.Address.TenantId}")
            .WithInstanceDiscovery(false)
            .WithClientAssertion((AssertionRequestOptions _) => File.ReadAllTextAsync(emulator.Address.FederatedTokenPath))
            .Build();

        AuthenticationResult result = await application.AcquireTokenForClient([$"{emulator.Address.Graph}/.default"]).ExecuteAsync();

        Assert.NotEmpty(result.AccessToken);
    }

    private Task<Answer> SignInAsync(string assertion) => emulator.RequestTokenAsync(ClientAssertion.Fields(emulator, assertion));

    private async Task<JsonElement> GetAsync(string path) => (await emulator.SendAsync(new HttpRequestMessage(HttpMethod.Get, path))).Json;
}
