using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;

namespace InboundProvisioning.PowerShell.Abstractions;

/// <summary>
/// A cmdlet whose work runs on a worker thread while the pipeline thread carries out what the worker posts.
/// Ctrl+C cancels <see cref="StopToken"/>.
/// </summary>
public abstract class AsyncCmdlet : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Cancelled when the pipeline is stopped.</summary>
    protected CancellationToken StopToken => _stop.Token;

    /// <inheritdoc/>
    protected override void StopProcessing() => _stop.Cancel();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases what the cmdlet holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stop.Dispose();
        }
    }

    /// <summary>
    /// Runs work on a worker thread and returns when it has ended and all that it posted is done. Faults of the work are
    /// thrown here, on the pipeline thread; when the pipeline thread itself is stopped, the work is cancelled and awaited.
    /// </summary>
    internal void RunOnWorker(Func<PipelineQueue, CancellationToken, Task> work)
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        using var queue = new PipelineQueue(cancellation.Token);
        Task worker = Task.Run(
            async () =>
            {
                try
                {
                    await work(queue, cancellation.Token).ConfigureAwait(false);
                }
                finally
                {
                    queue.Complete();
                }
            },
            CancellationToken.None);
        try
        {
            queue.Drain();
        }
        catch
        {
            cancellation.Cancel();
            WaitFor(worker);
            throw;
        }

        worker.GetAwaiter().GetResult();
    }

    /// <summary>Writes a fault that concerns one item; the others go on.</summary>
    internal void WriteFault(Exception exception, object? target = null) => WriteError(ErrorRecords.From(exception, target));

    /// <summary>Ends the cmdlet with a fault of its set-up.</summary>
    internal void ThrowFault(Exception exception, object? target = null) =>
        ThrowTerminatingError(ErrorRecords.From(exception, target));

    private static void WaitFor(Task worker)
    {
        try
        {
            worker.GetAwaiter().GetResult();
        }
        catch (Exception)
        {
            // The pipeline is going down for a reason of its own, which the caller is about to see.
        }
    }
}
