using System;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Authentication;
using InboundProvisioning.Authentication.Credentials;
using InboundProvisioning.Emulator;
using InboundProvisioning.Emulator.Faults;
using InboundProvisioning.Graph;
using InboundProvisioning.Permissions;
using Xunit;

namespace InboundProvisioning.Core.Tests.SignIn;

/// <summary>A person who signs in with a code.</summary>
public sealed class DeviceCodeTests : IAsyncLifetime
{
    private EmulatedSignIn _service = null!;
    private int _prompts;

    public async Task InitializeAsync() => _service = await EmulatedSignIn.StartAsync();

    public async Task DisposeAsync() => await _service.DisposeAsync();

    [Fact]
    public async Task The_person_enters_the_code_and_the_named_permissions_are_granted()
    {
        DeviceCodePrompt? shown = null;
        using ServiceConnection connection = Open(code => shown = code);

        AccessToken token = await connection.SignInAsync();

        Assert.Contains(shown!.UserCode, shown.ToString(), StringComparison.Ordinal);
        Assert.Contains(shown.VerificationUrl.ToString(), shown.ToString(), StringComparison.Ordinal);
        Assert.Equal(("admin@contoso.onmicrosoft.com", AuthenticationType.Delegated), (token.Account, connection.AuthenticationType));
        Assert.Equal(GraphPermissions.DelegatedDefault, token.Claims!.Permissions);
        Assert.Equal((_service.Tenant, _service.Client), (connection.TenantId, connection.ClientId));
    }

    [Fact]
    public async Task Without_a_tenant_it_is_that_of_the_person()
    {
        using ServiceConnection connection = _service.Open(new DeviceCodeCredential(null, _service.Client, ["Synchronization.Read.All"], Approve));

        var fault = await Record.ExceptionAsync(connection.SignInAsync);

        // The emulator has no authority for all organizations; that it is asked is what counts.
        Assert.Contains("AADSTS90002", Assert.IsType<InboundProvisioningException>(fault).Message, StringComparison.Ordinal);
        Assert.Null(connection.TenantId);
    }

    [Fact]
    public async Task Renewals_ask_the_person_no_more()
    {
        using ServiceConnection connection = Open();
        AccessToken first = await connection.SignInAsync();

        AccessToken same = await connection.SignInAsync();
        AccessToken renewed = await connection.RenewAsync();

        Assert.Same(first, same);
        Assert.NotEqual(first.Value, renewed.Value);
        Assert.Equal(1, _prompts);
    }

    [Fact]
    public async Task A_busy_authority_does_not_end_a_sign_in_that_a_person_is_at()
    {
        using ServiceConnection connection = Open(_ => _service.Emulator.AddFaults(
            new Fault { Path = "oauth2/v2.0/token", Count = 2, Status = 503 }, new Fault { Path = "oauth2/v2.0/token", Action = FaultAction.Reset }));

        await connection.SignInAsync();

        Assert.Equal(1, _prompts);
        Assert.All(_service.Emulator.Faults, fault => Assert.Equal(0, fault.Left));
    }

    [Fact]
    public async Task A_person_can_decline()
    {
        using ServiceConnection connection = _service.Open(
            new DeviceCodeCredential(_service.Tenant, _service.Client, ["Synchronization.Read.All"], code => Decide(code, "deny")));

        var fault = await Assert.ThrowsAsync<InboundProvisioningException>(connection.SignInAsync);

        Assert.Equal("SignInDeclined", fault.ErrorId);
    }

    [Fact]
    public async Task A_permission_without_consent_is_an_error_with_the_remedy()
    {
        await using EmulatedSignIn limited = await EmulatedSignIn.StartAsync(new EmulatorOptions { Scopes = ["Synchronization.Read.All"] });
        using ServiceConnection connection = limited.Open(new DeviceCodeCredential(limited.Tenant, limited.Client, GraphPermissions.DelegatedDefault, Approve));

        var fault = await Assert.ThrowsAsync<InboundProvisioningException>(connection.SignInAsync);

        Assert.Equal("SignInFailed", fault.ErrorId);
        Assert.Contains("AADSTS65001", fault.Message, StringComparison.Ordinal);
        Assert.Contains("-Scope", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waiting_for_the_person_can_be_stopped()
    {
        using var stop = new CancellationTokenSource();
        using ServiceConnection connection = _service.Open(
            new DeviceCodeCredential(_service.Tenant, _service.Client, ["Synchronization.Read.All"], _ => stop.Cancel()));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connection.Tokens.GetTokenAsync(refused: null, stop.Token));
    }

    private ServiceConnection Open(Action<DeviceCodePrompt>? also = null) => _service.Open(
        new DeviceCodeCredential(_service.Tenant, _service.Client, GraphPermissions.DelegatedDefault, code =>
        {
            also?.Invoke(code);
            Approve(code);
        }));

    private void Approve(DeviceCodePrompt code)
    {
        _prompts++;
        Decide(code, "approve");
    }

    private void Decide(DeviceCodePrompt code, string what) => _service.DecideAsync(code, what).GetAwaiter().GetResult();
}
