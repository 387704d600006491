using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Net;
using System.Net.Http;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using InboundProvisioning.Module.Tests.Hosting;
using InboundProvisioning.Module.Tests.Secrets;

namespace InboundProvisioning.Module.Tests.SignIn;

/// <summary>-Interactive with the system's way to open a browser, which is a program of the PATH on Linux.</summary>
[Collection(EnvironmentCollection.Name)]
public sealed partial class InteractiveTests(EmulatedService emulator) : IClassFixture<EmulatedService>
{
    [LinuxFact]
    public async Task The_browser_of_the_system_is_opened_and_brings_the_code_back_which_does_not_show()
    {
        using var folder = new TemporaryDirectory();
        string pipe = Path.Combine(folder.Path, "url");
        string opener = Path.Combine(folder.Path, "xdg-open");
        await Process.Start("mkfifo", pipe).WaitForExitAsync();
        await File.WriteAllTextAsync(opener, $"#!/bin/sh\nprintf %s \"$1\" > '{pipe}'\n");
        await Process.Start("chmod", ["u+x", opener]).WaitForExitAsync();
        using EmulatedSession service = emulator.OpenSession();
        Task browser = Task.Run(async () => await BrowseAsync(new Uri(await File.ReadAllTextAsync(pipe))));
        string? path = Environment.GetEnvironmentVariable("PATH");
        Environment.SetEnvironmentVariable("PATH", folder.Path + Path.PathSeparator + path);
        PowerShellResult result;
        try
        {
            result = service.Run(
                "Connect-InboundProvisioning @private -TenantId $emulator.TenantId -ClientId $emulator.ClientId -Interactive -Scope Synchronization.Read.All -Verbose -Debug -WarningAction Continue");
        }
        finally
        {
            Environment.SetEnvironmentVariable("PATH", path);
        }

        PSObject connection = Assert.Single(result.ThrowIfFailed().Output);
        await browser;
        Assert.Equal(
            ("Interactive", "Delegated", "admin@contoso.onmicrosoft.com"),
            (connection.Properties["Credential"].Value, connection.Properties["AuthenticationType"].Value.ToString(), connection.Properties["Account"].Value));
        var seen = new SeenTexts();
        seen.Add(result);
        seen.Add(service.Session);
        string[] secrets = [.. emulator.Host.ExchangedSecrets];
        Assert.InRange(secrets.Length, 5, int.MaxValue); // Code, verifier, access, refresh and id token.
        Assert.Empty(seen.PlacesOf(secrets));
    }

    private async Task BrowseAsync(Uri url)
    {
        using X509Certificate2 root = X509CertificateLoader.LoadCertificateFromFile(emulator.Address.CaCertificatePath);
        using var client = new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false,
            SslOptions =
            {
                CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { root }, RevocationMode = X509RevocationMode.NoCheck,
                },
            },
        });
        string page = await client.GetStringAsync(url);
        using var form = new FormUrlEncodedContent(
            InputOf().Matches(page).ToDictionary(match => match.Groups[1].Value, match => WebUtility.HtmlDecode(match.Groups[2].Value)));
        await client.PostAsync(new Uri(ActionOf().Match(page).Groups[1].Value), form);
    }

    [GeneratedRegex("action=\"([^\"]+)\"")]
    private static partial Regex ActionOf();

    [GeneratedRegex("name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex InputOf();
}
