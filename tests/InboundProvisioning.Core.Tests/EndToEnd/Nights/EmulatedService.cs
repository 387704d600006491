using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using InboundProvisioning.Authentication;
using InboundProvisioning.Core.Tests.Authentication;
using InboundProvisioning.Emulator;
using InboundProvisioning.Graph;
using InboundProvisioning.Http;
using InboundProvisioning.Jobs;
using InboundProvisioning.Upload;

namespace InboundProvisioning.Core.Tests.EndToEnd.Nights;

/// <summary>An emulator for all tests of a class, and the way to it.</summary>
public sealed class EmulatedService : IAsyncLifetime
{
    private ServiceConnection _connection = null!;
    private CallLimits _limits = null!;

    public EmulatorHost Emulator { get; private set; } = null!;

    /// <summary>How many uploads were accepted.</summary>
    public int Uploads => Emulator.Uploads.Count;

    /// <summary>The way to the service.</summary>
    internal ServiceConnection Connection => _connection;

    /// <summary>How uploads go: no retries, so that a fault is one at once.</summary>
    internal UploadRunSettings Upload => new()
    {
        Connection = _connection,
        Target = new ProvisioningTarget(Emulator.Address.ServicePrincipalId.ToString(), Emulator.Address.JobId),
        Limits = _limits,
        Retries = new RetrySettings { Retries = 0, SignInRetries = 0 },
    };

    public async Task InitializeAsync()
    {
        Emulator = await EmulatorHost.StartAsync(new EmulatorOptions { Limits = LimitMode.Off, Roles = ["SynchronizationData-User.Upload"] });
        EmulatorAddress address = Emulator.Address;
        _connection = ServiceConnection.Open(
            new ConnectionSettings
            {
                Endpoints = ServiceEndpoints.Create(CloudEnvironment.Global, new Uri(address.Graph), new Uri(address.Authority)),
                TrustedRootCertificatePath = address.CaCertificatePath,
                Credential = EmulatedCredential.Of(address),
            },
            TimeProvider.System);
        _limits = new CallLimits(new CallRateLimiterOptions { CallLimit = 1_000_000 }, callsPerDay: null, TimeProvider.System);
    }

    public async Task DisposeAsync()
    {
        _limits.Dispose();
        _connection.Dispose();
        await Emulator.DisposeAsync();
    }

    /// <summary>The externalIds that came after so many uploads, in the order in which they came.</summary>
    internal string[] IdsSince(int uploads) =>
    [
        .. Emulator.Records
            .SelectMany(record => record.Acceptances.Where(acceptance => acceptance.Upload > uploads).Select(acceptance => (acceptance.Upload, record.ExternalId)))
            .OrderBy(static one => one.Upload)
            .Select(static one => one.ExternalId),
    ];
}
