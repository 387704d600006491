using System;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Authentication;
using InboundProvisioning.Core.Tests.Authentication;
using InboundProvisioning.Emulator;
using InboundProvisioning.Graph;
using InboundProvisioning.Http;
using InboundProvisioning.Jobs;
using Xunit;

namespace InboundProvisioning.Core.Tests.EndToEnd;

/// <summary>Sign-in and Microsoft Graph through a proxy.</summary>
public sealed class ProxyTests : IAsyncLifetime
{
    private static readonly NetworkCredential User = new("proxy-user", "proxy-password");

    private EmulatorHost _emulator = null!;

    public async Task InitializeAsync() => _emulator = await EmulatorHost.StartAsync(new EmulatorOptions { Limits = LimitMode.Off });

    public async Task DisposeAsync() => await _emulator.DisposeAsync();

    [Fact]
    public async Task Sign_in_and_calls_both_take_the_proxy()
    {
        using var proxy = new ConnectProxy(User);
        using ServiceConnection connection = Open(proxy, User);
        using GraphClient graph = connection.CreateGraphClient(new RetrySettings(), TimeProvider.System);

        await new ProvisioningJobLocator(graph).LocateAsync(
            _emulator.Address.ServicePrincipalId.ToString(), jobId: null, notices: null, CancellationToken.None);

        Assert.NotEmpty(proxy.Tunnels);
        Assert.All(proxy.Tunnels, target => Assert.Equal(new Uri(_emulator.Address.Graph).Authority, target));
    }

    [Fact]
    public async Task A_proxy_that_wants_a_sign_in_is_an_error_at_once()
    {
        using var proxy = new ConnectProxy(User);
        using ServiceConnection connection = Open(proxy, credential: null);

        var fault = await Assert.ThrowsAsync<InboundProvisioningException>(() => connection.Tokens.GetTokenAsync(null, CancellationToken.None));

        Assert.Equal("ProxyAuthenticationRequired", fault.ErrorId);
        Assert.Contains("-ProxyCredential", fault.Message, StringComparison.Ordinal);
    }

    private ServiceConnection Open(ConnectProxy proxy, NetworkCredential? credential) => ServiceConnection.Open(
        new ConnectionSettings
        {
            Endpoints = ServiceEndpoints.Create(CloudEnvironment.Global, new Uri(_emulator.Address.Graph), new Uri(_emulator.Address.Authority)),
            TrustedRootCertificatePath = _emulator.Address.CaCertificatePath,
            Credential = EmulatedCredential.Of(_emulator.Address),
            Proxy = proxy.Address,
            ProxyCredential = credential,
        },
        TimeProvider.System);
}
