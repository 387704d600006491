using System.Threading.Tasks;
using InboundProvisioning.Authentication.Credentials;
using InboundProvisioning.Core.Tests.Authentication;
using InboundProvisioning.Emulator.Faults;
using InboundProvisioning.Graph;
using InboundProvisioning.Http;
using Xunit;

namespace InboundProvisioning.Core.Tests.SignIn;

/// <summary>The attempts of a sign-in are ours alone: MSAL adds none.</summary>
public sealed class RetryCountTests : IAsyncLifetime
{
    private const string TokenPath = "oauth2/v2.0/token";

    private EmulatedSignIn _service = null!;

    public async Task InitializeAsync() => _service = await EmulatedSignIn.StartAsync();

    public async Task DisposeAsync() => await _service.DisposeAsync();

    [Theory]
    [InlineData(0, 503, 1)]
    [InlineData(0, 500, 1)]
    [InlineData(3, 500, 1)]
    [InlineData(3, 503, 4)]
    [InlineData(2, 429, 3)]
    public async Task An_app_asks_as_often_as_the_settings_say(int retries, int status, int calls)
    {
        using ServiceConnection connection = _service.Open(EmulatedCredential.Of(_service.Address), retries);
        _service.Emulator.AddFaults(new Fault { Path = TokenPath, Count = 10, Status = status });

        await Assert.ThrowsAsync<InboundProvisioningException>(connection.SignInAsync);

        Assert.Equal(calls, Assert.Single(_service.Emulator.Faults).Struck);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_asked_for_again()
    {
        using ServiceConnection connection = _service.Open(EmulatedCredential.Of(_service.Address));
        _service.Emulator.AddFaults(
            new Fault { Path = TokenPath, Action = FaultAction.Truncate },
            new Fault { Path = TokenPath, Action = FaultAction.Reset },
            new Fault { Path = TokenPath, Status = 503, RetryAfter = "0.001" });

        await connection.SignInAsync();

        Assert.All(_service.Emulator.Faults, fault => Assert.Equal(1, fault.Struck));
    }

    [Fact]
    public async Task A_renewal_of_a_person_asks_as_often_as_the_settings_say()
    {
        using ServiceConnection connection = _service.Open(
            new DeviceCodeCredential(
                _service.Tenant, _service.Client, ["Synchronization.Read.All"], code => _service.DecideAsync(code).GetAwaiter().GetResult()),
            retries: 2);
        await connection.SignInAsync();
        _service.Emulator.AddFaults(new Fault { Path = TokenPath, Count = 10, Status = 503 });

        await Assert.ThrowsAsync<InboundProvisioningException>(connection.RenewAsync);

        Assert.Equal(3, Assert.Single(_service.Emulator.Faults).Struck);
    }

    [Fact]
    public async Task A_redirect_of_the_sign_in_is_not_followed()
    {
        using ServiceConnection connection = _service.Open(EmulatedCredential.Of(_service.Address));
        _service.Emulator.AddFaults(new Fault { Path = TokenPath, Action = FaultAction.Redirect, Location = _service.Address.Authority + "/elsewhere" });

        await Assert.ThrowsAsync<InboundProvisioningException>(connection.SignInAsync);

        Assert.Equal(1, Assert.Single(_service.Emulator.Faults).Struck);
    }
}
