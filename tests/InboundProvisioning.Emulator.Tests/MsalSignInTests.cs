using System;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;

using Microsoft.Identity.Client;

using Xunit;

namespace InboundProvisioning.Emulator.Tests;

/// <summary>Microsoft's own client library takes the emulator for an authority.</summary>
public sealed class MsalSignInTests(RunningEmulator emulator) : IClassFixture<RunningEmulator>
{
    [Fact]
    public async Task A_secret_signs_in() => await SignInAsync(builder => builder.WithClientSecret(emulator.Address.ClientSecret));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_certificate_signs_in(bool sendX5C)
    {
        using X509Certificate2 certificate =
            X509CertificateLoader.LoadPkcs12FromFile(emulator.Address.CertificatePath, emulator.Address.CertificatePassword);

        await SignInAsync(builder => builder.WithCertificate(certificate, sendX5C));
    }

    [Fact]
    public async Task A_wrong_secret_is_reported_with_its_code()
    {
        MsalServiceException fault = await Assert.ThrowsAsync<MsalServiceException>(
            () => SignInAsync(builder => builder.WithClientSecret("wrong")));

        Assert.Equal("invalid_client", fault.ErrorCode);
        Assert.Contains("AADSTS7000215", fault.Message, StringComparison.Ordinal);
    }

    private async Task SignInAsync(Func<ConfidentialClientApplicationBuilder, ConfidentialClientApplicationBuilder> withCredential)
    {
        IConfidentialClientApplication application = withCredential(ConfidentialClientApplicationBuilder
            .Create(emulator.Address.ClientId.ToString())
            .WithHttpClientFactory(new MsalHttpClient(emulator.Http))
            .WithAuthority($"{emulator.Address.Authority}/{emulator.Address.TenantId}")
            .WithInstanceDiscovery(false)).Build();

        AuthenticationResult result = await application.AcquireTokenForClient([$"{emulator.Address.Graph}/.default"]).ExecuteAsync();

        Assert.NotEmpty(result.AccessToken);
    }
}
