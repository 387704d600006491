using System;
using System.IO;
using System.Threading.Tasks;
using InboundProvisioning.Authentication;
using InboundProvisioning.Authentication.Credentials;
using InboundProvisioning.Core.Tests.Support;
using InboundProvisioning.Graph;
using Xunit;

namespace InboundProvisioning.Core.Tests.SignIn;

/// <summary>Workload identity federation, against the emulator's own issuer.</summary>
public sealed class FederatedTokenTests : IAsyncLifetime
{
    private EmulatedSignIn _service = null!;

    public async Task InitializeAsync() => _service = await EmulatedSignIn.StartAsync();

    public async Task DisposeAsync() => await _service.DisposeAsync();

    [Fact]
    public async Task The_token_of_the_file_signs_the_app_in()
    {
        using ServiceConnection connection = Open(_service.Address.FederatedTokenPath);

        AccessToken token = await connection.SignInAsync();

        Assert.Equal((_service.Client, AuthenticationType.Application), (token.Claims!.ClientId, connection.AuthenticationType));
        Assert.Contains("SynchronizationData-User.Upload", token.Claims.Permissions);
    }

    [Fact]
    public async Task Each_sign_in_reads_the_file_anew()
    {
        using ServiceConnection connection = Open(_service.Address.FederatedTokenPath);
        AccessToken first = await connection.SignInAsync();
        _service.Emulator.WriteFederatedToken(_service.Emulator.NewFederatedToken(subject: "system:serviceaccount:other:other"));

        var fault = await Assert.ThrowsAsync<InboundProvisioningException>(connection.RenewAsync);
        _service.Emulator.WriteFederatedToken();
        AccessToken renewed = await connection.RenewAsync();

        Assert.Equal("SignInFailed", fault.ErrorId);
        Assert.Contains("AADSTS700213", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Issuer, subject and audience", fault.Message, StringComparison.Ordinal);
        Assert.NotEqual(first.Value, renewed.Value);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_named()
    {
        using ServiceConnection connection = Open("/nowhere/token");

        var fault = await Assert.ThrowsAsync<InboundProvisioningException>(connection.SignInAsync);

        Assert.Equal(("FederatedTokenFileNotFound", FaultKind.NotFound), (fault.ErrorId, fault.Kind));
        Assert.Contains("/nowhere/token", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("opaque-text")]
    [InlineData("a.b.c d")]
    public async Task A_file_without_a_JWT_is_refused_without_showing_it(string content)
    {
        using var folder = new TemporaryDirectory();
        string path = Path.Combine(folder.Path, "token");
        await File.WriteAllTextAsync(path, content);
        using ServiceConnection connection = Open(path);

        var fault = await Assert.ThrowsAsync<InboundProvisioningException>(connection.SignInAsync);

        Assert.Equal("FederatedTokenInvalid", fault.ErrorId);
        Assert.True(content.Length == 0 || !fault.Message.Contains(content, StringComparison.Ordinal));
    }

    private ServiceConnection Open(string path) => _service.Open(new FederatedTokenCredential(_service.Tenant, _service.Client, path));
}
