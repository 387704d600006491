using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Authentication;
using InboundProvisioning.Authentication.Credentials;
using InboundProvisioning.Core.Tests.Authentication;
using InboundProvisioning.Core.Tests.Scim;
using InboundProvisioning.Emulator;
using InboundProvisioning.Graph;
using InboundProvisioning.Http;
using InboundProvisioning.Jobs;
using InboundProvisioning.Scim;
using InboundProvisioning.Upload;
using Xunit;

namespace InboundProvisioning.Core.Tests.EndToEnd;

/// <summary>From bytes to staged users: real HTTPS, real tokens of MSAL, the emulator at the other end.</summary>
public sealed class SendingTests : IAsyncLifetime
{
    private EmulatorHost _emulator = null!;

    private EmulatorAddress Address => _emulator.Address;

    public async Task InitializeAsync() => _emulator = await EmulatorHost.StartAsync(new EmulatorOptions { Limits = LimitMode.Off });

    public async Task DisposeAsync() => await _emulator.DisposeAsync();

    [Theory]
    [InlineData("secret")]
    [InlineData("certificate")]
    [InlineData("token")]
    public async Task Each_credential_gets_records_accepted(string credential)
    {
        using ServiceConnection connection = ServiceConnection.Open(await SettingsFor(credential), TimeProvider.System);

        BulkUploadOutcome outcome = Assert.Single(await Send(connection, Address.ServicePrincipalId, Address.JobId, "a", "b"));

        Assert.True(outcome.IsAccepted, outcome.Fault?.Message);
        Assert.Equal((202, 2), (outcome.Result!.Status, outcome.Result.OperationCount));
        Assert.NotNull(outcome.Result.RequestId);
        Assert.Contains("/auditLogs/provisioning", outcome.Result.Location!.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal(["a", "b"], _emulator.StagedUsers.Select(user => user.GetProperty("externalId").GetString()));
    }

    [Fact]
    public async Task The_app_id_in_place_of_the_object_id_works_too()
    {
        using ServiceConnection connection = ServiceConnection.Open(await SettingsFor("secret"), TimeProvider.System);

        BulkUploadOutcome outcome = Assert.Single(await Send(connection, Address.AppId, Address.JobId, "a"));

        Assert.True(outcome.IsAccepted, outcome.Fault?.Message);
    }

    [Fact]
    public async Task A_missing_job_id_is_looked_up()
    {
        using ServiceConnection connection = ServiceConnection.Open(await SettingsFor("secret"), TimeProvider.System);
        using GraphClient graph = connection.CreateGraphClient(new RetrySettings(), TimeProvider.System);

        ProvisioningJobAddress job = await new ProvisioningJobLocator(graph).LocateAsync(
            Address.AppId.ToString(), jobId: null, notices: null, CancellationToken.None);

        Assert.Equal(new ProvisioningJobAddress(Address.ServicePrincipalId.ToString(), Address.JobId), job);
    }

    [Fact]
    public async Task A_private_authority_is_not_trusted_without_its_root()
    {
        ConnectionSettings settings = (await SettingsFor("secret")) with { TrustedRootCertificatePath = null };
        using ServiceConnection connection = ServiceConnection.Open(settings, TimeProvider.System);

        var fault = await Assert.ThrowsAsync<InboundProvisioningException>(() => connection.Tokens.GetTokenAsync(null, CancellationToken.None));

        Assert.Equal("ServerNotTrusted", fault.ErrorId);
    }

    [Fact]
    public async Task A_root_does_not_vouch_for_another_emulator()
    {
        await using EmulatorHost other = await EmulatorHost.StartAsync();
        ConnectionSettings settings = (await SettingsFor("secret")) with { TrustedRootCertificatePath = other.Address.CaCertificatePath };
        using ServiceConnection connection = ServiceConnection.Open(settings, TimeProvider.System);

        var fault = await Assert.ThrowsAsync<InboundProvisioningException>(() => connection.Tokens.GetTokenAsync(null, CancellationToken.None));

        Assert.Equal("ServerNotTrusted", fault.ErrorId);
    }

    [Fact]
    public async Task A_principal_with_the_upload_permission_alone_can_send()
    {
        await using EmulatorHost emulator = await EmulatorHost.StartAsync(
            new EmulatorOptions { Limits = LimitMode.Off, Roles = ["SynchronizationData-User.Upload"] });
        using ServiceConnection connection = ServiceConnection.Open(Settings(emulator.Address), TimeProvider.System);

        Assert.True(Assert.Single(await Send(connection, emulator.Address.ServicePrincipalId, emulator.Address.JobId, "a")).IsAccepted);
    }

    [Fact]
    public async Task Without_the_upload_permission_the_error_names_it()
    {
        await using EmulatorHost emulator = await EmulatorHost.StartAsync(new EmulatorOptions { Roles = ["Application.Read.All"] });
        using ServiceConnection connection = ServiceConnection.Open(Settings(emulator.Address), TimeProvider.System);

        BulkUploadOutcome outcome = Assert.Single(await Send(connection, emulator.Address.ServicePrincipalId, emulator.Address.JobId, "a"));

        Assert.Equal("PermissionMissing", outcome.Fault!.ErrorId);
        Assert.Contains("SynchronizationData-User.Upload", outcome.Fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Within_the_documented_limits_no_call_is_refused()
    {
        await using EmulatorHost emulator = await EmulatorHost.StartAsync(new EmulatorOptions { Latency = TimeSpan.FromMilliseconds(50) });
        using ServiceConnection connection = ServiceConnection.Open(Settings(emulator.Address), TimeProvider.System);

        List<BulkUploadOutcome> outcomes = await Send(
            connection, emulator.Address.ServicePrincipalId, emulator.Address.JobId, [.. Enumerable.Range(0, 90).Select(i => $"p{i}")], perRequest: 1);

        Assert.All(outcomes, outcome => Assert.Equal((202, 1), (outcome.Result!.Status, outcome.Result.Attempts)));
        Assert.Equal((90, 0), (emulator.Requests.Calls, emulator.Requests.RefusedCalls));
        Assert.InRange(emulator.Requests.MostCallsInFiveSeconds, 30, 40);
    }

    private static Task<List<BulkUploadOutcome>> Send(ServiceConnection connection, Guid principal, string job, params string[] people) =>
        Send(connection, principal, job, people, perRequest: 50);

    private static async Task<List<BulkUploadOutcome>> Send(
        ServiceConnection connection, Guid principal, string job, string[] people, int perRequest)
    {
        using GraphClient graph = connection.CreateGraphClient(new RetrySettings(), TimeProvider.System);
        using var limits = new CallLimits(new CallRateLimiterOptions(), callsPerDay: null, TimeProvider.System);
        using var queue = new BulkUploadQueue(
            graph, limits, new ProvisioningJobAddress(principal.ToString(), job), throttleLimit: 4, notices: null, CancellationToken.None);
        return [.. await Task.WhenAll(people.Chunk(perRequest).Select((chunk, i) => queue.Enqueue(
            i + 1, BulkRequestDocument.Read("payload.json", 1, Encoding.UTF8.GetBytes(Payload.Of(chunk))))))];
    }

    private static ConnectionSettings Settings(EmulatorAddress address) => new()
    {
        Endpoints = ServiceEndpoints.Create(CloudEnvironment.Global, new Uri(address.Graph), new Uri(address.Authority)),
        TrustedRootCertificatePath = address.CaCertificatePath,
        Credential = EmulatedCredential.Of(address),
    };

    private async Task<ConnectionSettings> SettingsFor(string credential)
    {
        ConnectionSettings settings = Settings(Address);
        switch (credential)
        {
            case "secret":
                return settings;
            case "certificate":
                return settings with
                {
                    Credential = CertificateCredential.FromFile(
                        Address.TenantId.ToString(), Address.ClientId.ToString(), Address.CertificatePath, Secrets.Of(Address.CertificatePassword)),
                };
            default:
                using (ServiceConnection connection = ServiceConnection.Open(settings, TimeProvider.System))
                {
                    AccessToken token = await connection.Tokens.GetTokenAsync(null, CancellationToken.None);
                    return settings with { Credential = new GivenTokenCredential(Secrets.Of(token.Value)) };
                }
        }
    }
}
