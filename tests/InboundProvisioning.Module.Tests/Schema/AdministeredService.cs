using System.Threading.Tasks;
using InboundProvisioning.Emulator;
using InboundProvisioning.Module.Tests.Hosting;

namespace InboundProvisioning.Module.Tests.Schema;

/// <summary>An emulator whose client may change jobs, for the tests of a class to share.</summary>
public sealed class AdministeredService : IAsyncLifetime
{
    public EmulatedService Service { get; private set; } = null!;

    public static Task<EmulatedService> StartAsync() => EmulatedService.StartAsync(new EmulatorOptions
    {
        Limits = LimitMode.Off,
        Roles = ["Application.Read.All", "Synchronization.Read.All", "Synchronization.ReadWrite.All"],
    });

    public async Task InitializeAsync() => Service = await StartAsync();

    public async Task DisposeAsync() => await Service.DisposeAsync();
}
