using System;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using InboundProvisioning.Authentication;
using InboundProvisioning.Authentication.Credentials;
using InboundProvisioning.Graph;
using Xunit;

namespace InboundProvisioning.Core.Tests.SignIn;

/// <summary>A person who signs in with the browser of this computer.</summary>
public sealed partial class InteractiveTests : IAsyncLifetime
{
    private EmulatedSignIn _service = null!;
    private Task _browser = Task.CompletedTask;
    private int _visits;

    public async Task InitializeAsync() => _service = await EmulatedSignIn.StartAsync();

    public async Task DisposeAsync() => await _service.DisposeAsync();

    [Fact]
    public async Task The_browser_brings_the_code_back_and_renewals_need_none()
    {
        using ServiceConnection connection = Open();

        AccessToken first = await connection.SignInAsync();
        AccessToken renewed = await connection.RenewAsync();

        await _browser;
        Assert.Equal("admin@contoso.onmicrosoft.com", first.Account);
        Assert.Equal(["Synchronization.Read.All"], renewed.Claims!.Permissions);
        Assert.NotEqual(first.Value, renewed.Value);
        Assert.Equal(1, _visits);
    }

    [Fact]
    public async Task A_refusal_in_the_browser_is_an_error()
    {
        _service.Emulator.RefuseNextSignIn();
        using ServiceConnection connection = Open();

        var fault = await Assert.ThrowsAsync<InboundProvisioningException>(connection.SignInAsync);

        Assert.Equal("SignInDeclined", fault.ErrorId);
    }

    private ServiceConnection Open() => _service.Open(new InteractiveCredential(_service.Tenant, _service.Client, ["Synchronization.Read.All"], url =>
    {
        _visits++;
        _browser = BrowseAsync(url);
        return Task.CompletedTask;
    }));

    /// <summary>What a browser does: fetches the page, and sends its form, or goes where it is sent, to the listener of this computer.</summary>
    private async Task BrowseAsync(Uri url)
    {
        using HttpResponseMessage page = await _service.Browser.GetAsync(url);
        using var local = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        if (page.Headers.Location is Uri target)
        {
            await local.GetAsync(target);
            return;
        }

        string html = await page.Content.ReadAsStringAsync();
        using var form = new FormUrlEncodedContent(
            InputOf().Matches(html).ToDictionary(match => match.Groups[1].Value, match => WebUtility.HtmlDecode(match.Groups[2].Value)));
        await local.PostAsync(new Uri(ActionOf().Match(html).Groups[1].Value), form);
    }

    [GeneratedRegex("action=\"([^\"]+)\"")]
    private static partial Regex ActionOf();

    [GeneratedRegex("<input[^>]*name=\"([^\"]+)\"[^>]*value=\"([^\"]*)\"")]
    private static partial Regex InputOf();
}
