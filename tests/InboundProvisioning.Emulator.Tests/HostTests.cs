using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.NetworkInformation;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;

using InboundProvisioning.Emulator.Certificates;

using Xunit;

namespace InboundProvisioning.Emulator.Tests;

public sealed class HostTests
{
    [Fact]
    public async Task Two_starts_share_no_id_and_no_secret()
    {
        await using EmulatorHost one = await EmulatorHost.StartAsync();
        await using EmulatorHost other = await EmulatorHost.StartAsync();

        foreach (var property in typeof(EmulatorAddress).GetProperties())
        {
            Assert.NotEqual(property.GetValue(one.Address), property.GetValue(other.Address));
        }
    }

    [Fact]
    public async Task Disposing_stops_the_listener_and_deletes_the_files()
    {
        EmulatorHost host = await EmulatorHost.StartAsync();
        using HttpClient client = RunningEmulator.ClientTrusting(host.Address);
        string directory = Path.GetDirectoryName(host.Address.CertificatePath)!;
        Assert.True(System.IO.Directory.Exists(directory));

        await host.DisposeAsync();

        Assert.False(System.IO.Directory.Exists(directory));
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(new Uri("/emulator/requests", UriKind.Relative)));
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]")]
    public async Task The_certificate_is_good_for_every_name_of_the_loopback_interface(string name)
    {
        if (name == "[::1]" && !HasIPv6Loopback())
        {
            return;
        }

        await using RunningEmulator emulator = await RunningEmulator.StartAsync(new EmulatorOptions());
        var url = new UriBuilder(emulator.Address.Graph) { Host = name, Path = "/emulator/requests" };

        Assert.Equal(200, (await emulator.SendAsync(new HttpRequestMessage(HttpMethod.Get, url.Uri))).Status);
    }

    [Theory]
    [InlineData(ServerKeyType.Ecdsa, "1.2.840.10045.2.1")]
    [InlineData(ServerKeyType.Rsa, "1.2.840.113549.1.1.1")]
    public async Task The_whole_chain_has_the_kind_of_key_that_was_asked_for(ServerKeyType type, string keyAlgorithm)
    {
        await using EmulatorHost host = await EmulatorHost.StartAsync(new EmulatorOptions { ServerKey = type });
        using HttpClient trusting = RunningEmulator.ClientTrusting(host.Address);
        Assert.True((await trusting.GetAsync(new Uri("/emulator/requests", UriKind.Relative))).IsSuccessStatusCode);

        using X509Certificate2 authority = X509CertificateLoader.LoadCertificateFromFile(host.Address.CaCertificatePath);
        Assert.Equal(keyAlgorithm, authority.GetKeyAlgorithm());
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(IPAddress.Loopback, new Uri(host.Address.Graph).Port);
        await using var tls = new SslStream(tcp.GetStream(), false, (_, certificate, _, _) => certificate!.GetKeyAlgorithm() == keyAlgorithm);
        await tls.AuthenticateAsClientAsync("localhost");
        Assert.True(tls.IsAuthenticated);
    }

    [Fact]
    public async Task A_client_that_does_not_know_the_authority_does_not_connect()
    {
        await using EmulatorHost host = await EmulatorHost.StartAsync();
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });

        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(new Uri($"{host.Address.Graph}/emulator/requests")));
    }

    [Fact]
    public async Task It_listens_on_the_loopback_interface_only()
    {
        await using EmulatorHost host = await EmulatorHost.StartAsync();
        int[] ports = [new Uri(host.Address.Graph).Port, new Uri(host.Address.ImdsHost).Port];

        IPEndPoint[] listeners = Array.FindAll(
            IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners(), listener => Array.IndexOf(ports, listener.Port) >= 0);

        Assert.InRange(listeners.Length, 2, 4);
        Assert.All(listeners, listener => Assert.True(IPAddress.IsLoopback(listener.Address)));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_an_error()
    {
        await using EmulatorHost host = await EmulatorHost.StartAsync();

        await Assert.ThrowsAsync<SocketException>(
            () => EmulatorHost.StartAsync(new EmulatorOptions { Port = new Uri(host.Address.Graph).Port }));
    }

    [Fact]
    public async Task The_PFX_opens_with_its_password_only_and_holds_the_key()
    {
        await using EmulatorHost host = await EmulatorHost.StartAsync();

        using X509Certificate2 certificate =
            X509CertificateLoader.LoadPkcs12FromFile(host.Address.CertificatePath, host.Address.CertificatePassword);

        Assert.True(certificate.HasPrivateKey);
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(
            () => X509CertificateLoader.LoadPkcs12FromFile(host.Address.CertificatePath, "wrong"));
    }

    private static bool HasIPv6Loopback()
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.IPv6Loopback, 0));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
