using System;
using System.Buffers.Text;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;

using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Identity.Client;

using Xunit;

namespace InboundProvisioning.Emulator.Tests;

/// <summary>The authorization code grant with PKCE: https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow</summary>
public sealed partial class AuthorizationCodeTests(RunningEmulator emulator) : IClassFixture<RunningEmulator>
{
    private const string RedirectUri = "http://localhost:54321/";
    private const string Verifier = "a-verifier-of-forty-three-characters-or-more-0123456789";

    [Fact]
    public async Task The_code_goes_to_the_redirect_URI_with_the_state_and_is_exchanged_for_tokens()
    {
        Dictionary<string, string> redirect = await AuthorizeAsync();
        Assert.Equal("my-state", redirect["state"]);

        Answer answer = await RedeemAsync(redirect["code"]);

        Assert.Equal(200, answer.Status);
        Assert.Equal("Synchronization.Read.All", Jwt.Claims(answer.Json.GetProperty("access_token").GetString()!).GetProperty("scp").GetString());
        Assert.Equal("my-nonce", Jwt.Claims(answer.Json.GetProperty("id_token").GetString()!).GetProperty("nonce").GetString());
        Assert.NotEmpty(answer.Json.GetProperty("refresh_token").GetString()!);
    }

    [Fact]
    public async Task A_code_is_good_once()
    {
        string code = (await AuthorizeAsync())["code"];
        await RedeemAsync(code);

        (await RedeemAsync(code)).IsTokenError(400, "invalid_grant", 54005);
    }

    [Fact]
    public async Task A_code_lasts_ten_minutes()
    {
        var clock = new ManualTimeProvider();
        await using RunningEmulator timed = await RunningEmulator.StartAsync(new EmulatorOptions { Clock = clock });
        string code = (await AuthorizeAsync(of: timed))["code"];

        clock.Advance(TimeSpan.FromMinutes(10));

        (await RedeemAsync(code, of: timed)).IsTokenError(400, "invalid_grant", 70008);
    }

    [Fact]
    public async Task Another_verifier_is_refused() =>
        (await RedeemAsync((await AuthorizeAsync())["code"], verifier: "another")).IsTokenError(400, "invalid_grant", 501481);

    [Fact]
    public async Task Another_redirect_URI_is_refused() =>
        (await RedeemAsync((await AuthorizeAsync())["code"], redirectUri: "http://localhost:1/")).IsTokenError(400, "invalid_grant", 500112);

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("http://localhost.evil.example/")]
    [InlineData("http://localhost:54321/elsewhere")]
    [InlineData("https://localhost:54321/")]
    public async Task A_redirect_URI_other_than_localhost_is_shown_to_the_user_and_not_followed(string redirectUri)
    {
        using HttpClient client = emulator.WithoutRedirects();

        using HttpResponseMessage response = await client.GetAsync(new Uri(AuthorizeUrl(emulator, redirectUri: redirectUri), UriKind.Relative));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("AADSTS50011", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_scope_is_told_to_the_client()
    {
        Dictionary<string, string> redirect = await AuthorizeAsync(scope: "Nothing.Read");

        Assert.Equal("invalid_client", redirect["error"]);
        Assert.StartsWith("AADSTS650053", redirect["error_description"], StringComparison.Ordinal);
        Assert.Equal("my-state", redirect["state"]);
    }

    [Fact]
    public async Task A_refusal_of_the_user_on_command_strikes_once()
    {
        emulator.Host.RefuseNextSignIn();

        Assert.Equal("access_denied", (await AuthorizeAsync())["error"]);
        Assert.True((await AuthorizeAsync()).ContainsKey("code"));
    }

    [Fact]
    public async Task Form_post_brings_the_answer_in_a_form()
    {
        Answer page = await emulator.SendAsync(new(HttpMethod.Get, $"{AuthorizeUrl(emulator)}&response_mode=form_post"));

        Assert.StartsWith("text/html", page.Headers["Content-Type"], StringComparison.Ordinal);
        Dictionary<string, string> fields = Fields(page.Body);
        Assert.Equal(200, (await RedeemAsync(fields["code"])).Status);
        Assert.Equal("my-state", fields["state"]);
    }

    [Fact]
    public async Task A_refresh_token_gives_new_tokens_and_no_wider_scope()
    {
        string refreshToken = (await RedeemAsync((await AuthorizeAsync())["code"])).Json.GetProperty("refresh_token").GetString()!;

        Answer renewed = await RefreshAsync(refreshToken, null);
        Assert.Equal("Synchronization.Read.All", Jwt.Claims(renewed.Json.GetProperty("access_token").GetString()!).GetProperty("scp").GetString());
        (await RefreshAsync(refreshToken, emulator.Scope("Synchronization.ReadWrite.All"))).IsTokenError(400, "invalid_grant", 65001);
        (await RefreshAsync("unknown", null)).IsTokenError(400, "invalid_grant", 70000);
    }

    [Fact]
    public async Task MSAL_signs_in_through_a_browser()
    {
        IPublicClientApplication application = PublicClientApplicationBuilder
            .Create(emulator.Address.ClientId.ToString())
            .WithHttpClientFactory(new MsalHttpClient(emulator.Http))
            .WithAuthority($"{emulator.Address.Authority}/{emulator.Address.TenantId}")
            .WithInstanceDiscovery(false)
            .WithRedirectUri("http://localhost")
            .Build();
        Task browser = Task.CompletedTask;

        // MSAL listens for an answer for ever: where none can come, the fault of the browser is to be seen.
        using var stop = new CancellationTokenSource();
        AuthenticationResult result = await application
            .AcquireTokenInteractive([emulator.Scope("SynchronizationData-User.Upload")])
            .WithUseEmbeddedWebView(false)
            .WithSystemWebViewOptions(new SystemWebViewOptions
            {
                OpenBrowserAsync = url =>
                {
                    browser = BrowseAsync(url, stop);
                    return Task.CompletedTask;
                },
            })
            .ExecuteAsync(stop.Token);

        await browser;
        Assert.Equal("admin@contoso.onmicrosoft.com", result.Account.Username);
        Assert.Equal("SynchronizationData-User.Upload", Jwt.Claims(result.AccessToken).GetProperty("scp").GetString());
    }

    /// <summary>What a browser does: follows the page's form to the client's own listener.</summary>
    private async Task BrowseAsync(Uri url, CancellationTokenSource stop)
    {
        try
        {
            string page = await emulator.Http.GetStringAsync(url);
            using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
            using HttpResponseMessage response = await PostAsync(client, page);
            Assert.True(response.IsSuccessStatusCode);
        }
        catch
        {
            await stop.CancelAsync();
            throw;
        }
    }

    // The browser is opened before MSAL listens: on a machine with much to do it is there first.
    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, string page)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await client.PostAsync(new Uri(ActionOf().Match(page).Groups[1].Value), new FormUrlEncodedContent(Fields(page)));
            }
            catch (HttpRequestException fault) when (fault.HttpRequestError == HttpRequestError.ConnectionError && attempt < 100)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100));
            }
        }
    }

    private static Dictionary<string, string> Fields(string page) => InputOf().Matches(page).ToDictionary(
        match => match.Groups[1].Value, match => WebUtility.HtmlDecode(match.Groups[2].Value));

    private async Task<Dictionary<string, string>> AuthorizeAsync(string? scope = null, RunningEmulator? of = null)
    {
        of ??= emulator;
        using HttpClient client = of.WithoutRedirects();
        using HttpResponseMessage response = await client.GetAsync(new Uri(AuthorizeUrl(of, scope), UriKind.Relative));
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        string location = response.Headers.Location!.OriginalString;
        Assert.StartsWith($"{RedirectUri}?", location, StringComparison.Ordinal);
        return QueryHelpers.ParseQuery(new Uri(location).Query).ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
    }

    private static string AuthorizeUrl(RunningEmulator of, string? scope = null, string redirectUri = RedirectUri) => QueryHelpers.AddQueryString(
        $"/{of.Address.TenantId}/oauth2/v2.0/authorize",
        new Dictionary<string, string?>
        {
            ["client_id"] = of.Address.ClientId.ToString(),
            ["response_type"] = "code",
            ["redirect_uri"] = redirectUri,
            ["scope"] = scope ?? $"{of.Scope("Synchronization.Read.All")} openid profile offline_access",
            ["state"] = "my-state",
            ["nonce"] = "my-nonce",
            ["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier))),
            ["code_challenge_method"] = "S256",
        });

    private Task<Answer> RedeemAsync(
        string code, string verifier = Verifier, string redirectUri = RedirectUri, RunningEmulator? of = null) => (of ?? emulator).RequestTokenAsync(new()
    {
        ["grant_type"] = "authorization_code",
        ["client_id"] = (of ?? emulator).Address.ClientId.ToString(),
        ["code"] = code,
        ["redirect_uri"] = redirectUri,
        ["code_verifier"] = verifier,
    });

    private Task<Answer> RefreshAsync(string refreshToken, string? scope)
    {
        var fields = new Dictionary<string, string>
        {
            ["grant_type"] = "refresh_token",
            ["client_id"] = emulator.Address.ClientId.ToString(),
            ["refresh_token"] = refreshToken,
        };
        if (scope is not null)
        {
            fields["scope"] = scope;
        }

        return emulator.RequestTokenAsync(fields);
    }

    [GeneratedRegex("name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex InputOf();

    [GeneratedRegex("action=\"([^\"]+)\"")]
    private static partial Regex ActionOf();
}
