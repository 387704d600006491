using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;

using Microsoft.Identity.Client;

using Xunit;

namespace InboundProvisioning.Emulator.Tests;

/// <summary>The device authorization grant: https://learn.microsoft.com/entra/identity-platform/v2-oauth2-device-code</summary>
public sealed class DeviceCodeTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _clock = new();

    private RunningEmulator _emulator = null!;

    public async Task InitializeAsync() => _emulator = await RunningEmulator.StartAsync(new EmulatorOptions { Clock = _clock });

    public Task DisposeAsync() => _emulator.DisposeAsync().AsTask();

    [Fact]
    public async Task The_device_is_told_what_to_show()
    {
        Answer answer = await AskAsync();

        Assert.Equal(200, answer.Status);
        JsonElement code = answer.Json;
        Assert.Equal(900, code.GetProperty("expires_in").GetInt32());
        Assert.Equal(5, code.GetProperty("interval").GetInt32());
        Assert.Contains(code.GetProperty("user_code").GetString()!, code.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.StartsWith(_emulator.Address.Authority, code.GetProperty("verification_uri").GetString());
        Assert.Equal(200, (await _emulator.SendAsync(new(HttpMethod.Get, code.GetProperty("verification_uri").GetString()))).Status);
    }

    [Fact]
    public async Task The_client_waits_until_the_user_has_signed_in_and_gets_tokens_once()
    {
        JsonElement code = (await AskAsync()).Json;
        (await PollAsync(code)).IsTokenError(400, "authorization_pending", 70016);

        await DecideAsync("approve", code);
        Answer answer = await PollAsync(code);

        Assert.Equal(200, answer.Status);
        JsonElement claims = Jwt.Claims(answer.Json.GetProperty("access_token").GetString()!);
        Assert.Equal("SynchronizationData-User.Upload", claims.GetProperty("scp").GetString());
        Assert.Equal("user", claims.GetProperty("idtyp").GetString());
        Assert.False(claims.TryGetProperty("roles", out _));
        Assert.Equal($"{_emulator.Scope("SynchronizationData-User.Upload")} openid profile email", answer.Json.GetProperty("scope").GetString());
        JsonElement idToken = Jwt.Claims(answer.Json.GetProperty("id_token").GetString()!);
        Assert.Equal(_emulator.Address.ClientId, idToken.GetProperty("aud").GetGuid());
        Assert.Equal("2.0", idToken.GetProperty("ver").GetString());
        Assert.True(answer.Json.TryGetProperty("client_info", out _));
        (await PollAsync(code)).IsTokenError(400, "bad_verification_code", 70018);
    }

    [Fact]
    public async Task A_client_that_asks_too_often_is_told_to_slow_down()
    {
        JsonElement code = (await AskAsync()).Json;
        await PollAsync(code);
        _clock.Advance(TimeSpan.FromSeconds(1));
        (await PollAsync(code)).IsTokenError(400, "slow_down", 70016);

        _clock.Advance(TimeSpan.FromSeconds(5));
        (await PollAsync(code)).IsTokenError(400, "authorization_pending", 70016);
    }

    [Fact]
    public async Task A_user_can_decline()
    {
        JsonElement code = (await AskAsync()).Json;

        await DecideAsync("deny", code);

        (await PollAsync(code)).IsTokenError(400, "authorization_declined", 65004);
    }

    [Fact]
    public async Task A_code_lasts_fifteen_minutes()
    {
        JsonElement code = (await AskAsync()).Json;

        _clock.Advance(TimeSpan.FromMinutes(15));

        (await PollAsync(code)).IsTokenError(400, "expired_token", 70019);
        Assert.Equal(404, (await DecideAsync("approve", code)).Status);
    }

    [Fact]
    public async Task An_unknown_code_is_refused()
    {
        Answer answer = await _emulator.RequestTokenAsync(new()
        {
            ["grant_type"] = "urn:ietf:params:oauth:grant-type:device_code",
            ["client_id"] = _emulator.Address.ClientId.ToString(),
            ["device_code"] = "unknown",
        });

        answer.IsTokenError(400, "bad_verification_code", 70018);
    }

    [Theory]
    [InlineData("Nothing.Read", "invalid_client", 650053)]
    [InlineData("SynchronizationData-User.Upload.OwnedBy", "invalid_client", 650053)]
    [InlineData("https://other.example/User.Read", "invalid_resource", 500011)]
    public async Task An_unknown_scope_is_refused(string scope, string error, int code) =>
        (await AskAsync(scope)).IsTokenError(400, error, code);

    [Fact]
    public async Task A_scope_without_consent_is_refused_and_default_gives_what_has_consent()
    {
        await using RunningEmulator limited = await RunningEmulator.StartAsync(
            new EmulatorOptions { Scopes = ["Synchronization.Read.All"], ApproveDeviceCodes = true });

        (await AskAsync("SynchronizationData-User.Upload", limited)).IsTokenError(400, "invalid_grant", 65001);
        JsonElement code = (await AskAsync($"{limited.Address.Graph}/.default", limited)).Json;
        Answer answer = await PollAsync(code, limited);

        Assert.Equal("Synchronization.Read.All", Jwt.Claims(answer.Json.GetProperty("access_token").GetString()!).GetProperty("scp").GetString());
    }

    [Fact]
    public async Task Delegated_permissions_are_checked_at_each_call()
    {
        await using RunningEmulator emulator = await RunningEmulator.StartAsync(new EmulatorOptions { ApproveDeviceCodes = true });
        JsonElement code = (await AskAsync(emulator.Scope("Synchronization.Read.All"), emulator)).Json;
        string token = (await PollAsync(code, emulator)).Json.GetProperty("access_token").GetString()!;

        Assert.Equal(200, (await GetAsync(emulator, emulator.Jobs, token)).Status);
        (await GetAsync(emulator, "/v1.0/servicePrincipals", token)).GraphMessage(403, "Authorization_RequestDenied");
    }

    [Fact]
    public async Task MSAL_signs_in_and_renews_without_the_user()
    {
        await using RunningEmulator emulator =
            await RunningEmulator.StartAsync(new EmulatorOptions { ApproveDeviceCodes = true, DeviceCodeInterval = TimeSpan.Zero });
        IPublicClientApplication application = PublicClientApplicationBuilder
            .Create(emulator.Address.ClientId.ToString())
            .WithHttpClientFactory(new MsalHttpClient(emulator.Http))
            .WithAuthority($"{emulator.Address.Authority}/{emulator.Address.TenantId}")
            .WithInstanceDiscovery(false)
            .Build();
        string[] scopes = [emulator.Scope("SynchronizationData-User.Upload")];

        AuthenticationResult first = await application.AcquireTokenWithDeviceCode(scopes, _ => Task.CompletedTask).ExecuteAsync();
        AuthenticationResult renewed = await application.AcquireTokenSilent(scopes, first.Account).WithForceRefresh(true).ExecuteAsync();

        Assert.Equal("admin@contoso.onmicrosoft.com", first.Account.Username);
        Assert.Equal(emulator.Address.TenantId.ToString(), first.TenantId);
        Assert.NotEqual(first.AccessToken, renewed.AccessToken);
        Assert.Equal("SynchronizationData-User.Upload", Jwt.Claims(renewed.AccessToken).GetProperty("scp").GetString());
    }

    private static Task<Answer> GetAsync(RunningEmulator emulator, string path, string token)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new("Bearer", token);
        return emulator.SendAsync(request);
    }

    private Task<Answer> AskAsync(string? scope = null, RunningEmulator? emulator = null)
    {
        emulator ??= _emulator;
        return emulator.SendAsync(new HttpRequestMessage(HttpMethod.Post, $"/{emulator.Address.TenantId}/oauth2/v2.0/devicecode")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["client_id"] = emulator.Address.ClientId.ToString(),
                ["scope"] = scope ?? $"{emulator.Scope("SynchronizationData-User.Upload")} openid profile offline_access",
            }),
        });
    }

    private Task<Answer> PollAsync(JsonElement code, RunningEmulator? emulator = null) => (emulator ?? _emulator).RequestTokenAsync(new()
    {
        ["grant_type"] = "urn:ietf:params:oauth:grant-type:device_code",
        ["client_id"] = (emulator ?? _emulator).Address.ClientId.ToString(),
        ["device_code"] = code.GetProperty("device_code").GetString()!,
    });

    private Task<Answer> DecideAsync(string what, JsonElement code) => _emulator.SendAsync(
        new HttpRequestMessage(HttpMethod.Post, $"/emulator/devicecode/{what}?user_code={code.GetProperty("user_code").GetString()}"));
}
