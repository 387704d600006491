using System;
using System.Threading;
using System.Threading.Tasks;

namespace InboundProvisioning.Http;

/// <summary>Waits on a clock, alike on both targets.</summary>
internal static class TimeProviderExtensions
{
    public static Task WaitAsync(this TimeProvider time, TimeSpan delay, CancellationToken cancellationToken) =>
#if NET8_0_OR_GREATER
        Task.Delay(delay, time, cancellationToken);
#else
        time.Delay(delay, cancellationToken);
#endif
}
