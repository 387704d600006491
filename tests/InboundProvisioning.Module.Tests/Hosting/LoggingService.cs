using System.Threading.Tasks;
using InboundProvisioning.Emulator;

namespace InboundProvisioning.Module.Tests.Hosting;

/// <summary>An emulator without limits whose client may upload and read logs, for the tests of one class to share.</summary>
public sealed class LoggingService : IAsyncLifetime
{
    public static readonly EmulatorOptions Options = new()
    {
        Limits = LimitMode.Off,
        Roles = ["SynchronizationData-User.Upload", "Synchronization.Read.All", "Application.Read.All", "ProvisioningLog.Read.All"],
    };

    public EmulatedService Emulator { get; private set; } = null!;

    public async Task InitializeAsync() => Emulator = await EmulatedService.StartAsync(Options);

    public async Task DisposeAsync() => await Emulator.DisposeAsync();
}
