using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using InboundProvisioning.Authentication;
using InboundProvisioning.Authentication.Credentials;
using InboundProvisioning.Authentication.Tokens;
using InboundProvisioning.Emulator;
using InboundProvisioning.Emulator.Faults;
using InboundProvisioning.Graph;
using Xunit;

namespace InboundProvisioning.Core.Tests.SignIn;

/// <summary>Managed identities, over the plain http endpoints that Azure resources offer on themselves.</summary>
[Collection(EnvironmentCollection.Name)]
public sealed class ManagedIdentityTests : IAsyncLifetime
{
    private readonly Dictionary<string, string?> _before = [];
    private EmulatedSignIn _service = null!;

    public async Task InitializeAsync()
    {
        _service = await EmulatedSignIn.StartAsync(new EmulatorOptions { ManagedIdentityRoles = ["SynchronizationData-User.Upload"] });
        Set("IDENTITY_ENDPOINT", _service.Address.ManagedIdentityEndpoint);
        Set("IDENTITY_HEADER", _service.Address.ManagedIdentityHeader);
    }

    public async Task DisposeAsync()
    {
        foreach ((string name, string? value) in _before)
        {
            Environment.SetEnvironmentVariable(name, value);
        }

        await _service.DisposeAsync();
    }

    [Theory]
    [InlineData(false, "Managed identity (system-assigned)")]
    [InlineData(true, "Managed identity (user-assigned)")]
    public async Task The_identity_of_the_resource_signs_in(bool isUserAssigned, string description)
    {
        using ServiceConnection connection = Open(isUserAssigned);

        AccessToken token = await connection.SignInAsync();

        Assert.Equal((description, AuthenticationType.Application), (connection.Credential, connection.AuthenticationType));
        Assert.Equal(["SynchronizationData-User.Upload"], token.Claims!.Permissions);
        Assert.Equal((_service.Tenant, isUserAssigned), (connection.TenantId, connection.ClientId == _service.Address.UserAssignedClientId.ToString()));
    }

    [Fact]
    public async Task A_refused_token_is_renewed()
    {
        using ServiceConnection connection = Open();
        AccessToken first = await connection.SignInAsync();

        Assert.Same(first, await connection.SignInAsync());
        Assert.NotEqual(first.Value, (await connection.RenewAsync()).Value);
    }

    [Fact]
    public async Task A_virtual_machine_is_asked_at_its_metadata_service()
    {
        Set("IDENTITY_ENDPOINT", null);
        Set("IDENTITY_HEADER", null);
        Set("AZURE_POD_IDENTITY_AUTHORITY_HOST", _service.Address.ImdsHost);
        using ServiceConnection connection = Open(isUserAssigned: true);

        Assert.Equal(_service.Address.UserAssignedClientId.ToString(), (await connection.SignInAsync()).Claims!.ClientId);
    }

    [Fact]
    public async Task An_identity_that_is_not_assigned_is_an_error_with_the_remedy()
    {
        using ServiceConnection connection = _service.Open(new ManagedIdentityCredential("6ad8f8b5-9a3b-4b8f-8a4e-3d7e0f1f6f6a"));

        var fault = await Assert.ThrowsAsync<InboundProvisioningException>(connection.SignInAsync);

        Assert.Equal("SignInFailed", fault.ErrorId);
        Assert.Contains("6ad8f8b5-9a3b-4b8f-8a4e-3d7e0f1f6f6a", fault.Message, StringComparison.Ordinal);
        Assert.Contains("user-assigned identity is assigned", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_endpoint_there_is_no_identity_which_shows_at_once()
    {
        Set("IDENTITY_ENDPOINT", $"http://127.0.0.1:{FreePort()}/msi/token");
        using ServiceConnection connection = Open();

        var fault = await Assert.ThrowsAsync<InboundProvisioningException>(connection.SignInAsync);

        Assert.Equal(("ManagedIdentityNotFound", FaultKind.Authentication), (fault.ErrorId, fault.Kind));
    }

    [Fact]
    public async Task An_endpoint_elsewhere_is_not_called_without_TLS()
    {
        Set("IDENTITY_ENDPOINT", "http://identity.example/msi/token");
        using ServiceConnection connection = Open();

        var fault = await Assert.ThrowsAsync<InboundProvisioningException>(connection.SignInAsync);

        Assert.Equal("ManagedIdentityEndpointRefused", fault.ErrorId);
        Assert.Contains("IDENTITY_ENDPOINT", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(_service.Address.ManagedIdentityHeader, fault.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:41056/msi/token", true)]
    [InlineData("http://localhost:42356/msi/token", true)]
    [InlineData("http://[::1]:42356/msi/token", true)]
    [InlineData("http://169.254.169.254/metadata/identity/oauth2/token", true)]
    [InlineData("http://169.254.129.2:8081/msi/token", true)]
    [InlineData("http://[fe80::1]/metadata", true)]
    [InlineData("https://identity.example/msi/token", true)]
    [InlineData("http://10.0.0.4:2377/metadata/identity/oauth2/token", false)]
    [InlineData("http://169.253.1.1/msi/token", false)]
    [InlineData("http://localhost.evil.example/msi/token", false)]
    [InlineData("http://127.0.0.1.evil.example/msi/token", false)]
    [InlineData("http://[2001:db8::1]/msi/token", false)]
    [InlineData("ftp://127.0.0.1/msi/token", false)]
    public void Plain_http_is_for_this_machine_only(string endpoint, bool isAllowed) =>
        Assert.Equal(isAllowed, ManagedIdentityEndpointHandler.IsAllowed(new Uri(endpoint)));

    [Theory]
    [InlineData(404)]
    [InlineData(410)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task An_endpoint_that_is_busy_is_asked_as_often_as_the_settings_say(int status)
    {
        using ServiceConnection connection = Open(retries: 2);
        _service.Emulator.AddFaults(new Fault { Path = "resource=", Count = 10, Status = status });

        var fault = await Assert.ThrowsAsync<InboundProvisioningException>(connection.SignInAsync);

        Assert.Equal("SignInFailed", fault.ErrorId);
        Assert.Equal(3, Assert.Single(_service.Emulator.Faults).Struck);
    }

    private ServiceConnection Open(bool isUserAssigned = false, int retries = 3) =>
        _service.Open(new ManagedIdentityCredential(isUserAssigned ? _service.Address.UserAssignedClientId.ToString() : null), retries);

    private void Set(string name, string? value)
    {
        _before.TryAdd(name, Environment.GetEnvironmentVariable(name));
        Environment.SetEnvironmentVariable(name, value);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
