using System.Threading;
using System.Threading.Tasks;

using Microsoft.Extensions.Hosting;

namespace InboundProvisioning.Emulator;

/// <summary>The emulator stops when its owner disposes it. The default lifetime would take Ctrl+C away from the process that hosts it.</summary>
internal sealed class OwnedLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
