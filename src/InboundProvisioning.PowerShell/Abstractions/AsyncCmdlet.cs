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
    protected internal CancellationToken StopToken => _stop.Token;

    /// <summary>Where a worker posts what is to be done on the pipeline thread; null while there is no worker.</summary>
    internal PipelineQueue? Pipeline { get; private protected set; }

    /// <inheritdoc/>
    protected override void StopProcessing()
    {
        try
        {
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // Ctrl+C came when the cmdlet had just ended.
        }
    }

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
        Pipeline = queue;
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
            worker.GetAwaiter().GetResult();
        }
        catch (Exception fault)
        {
            cancellation.Cancel();
            WaitFor(worker);
            ThrowIfStopped(fault);
            throw;
        }
        finally
        {
            Pipeline = null;
        }
    }

    /// <summary>Waits for a task while the pipeline thread carries out what is posted; a fault of the task stays in it.</summary>
    internal void WaitOnPipeline(PipelineQueue queue, Task task)
    {
        try
        {
            queue.DrainUntil(task);
        }
        catch (OperationCanceledException fault)
        {
            ThrowIfStopped(fault);
            throw;
        }
    }

    /// <summary>Writes a fault that concerns one item; the others go on.</summary>
    internal void WriteFault(Exception exception, object? target = null) => WriteError(ErrorRecords.From(exception, target));

    /// <summary>Ends the cmdlet with a fault of its set-up.</summary>
    internal void ThrowFault(Exception exception, object? target = null) =>
        ThrowTerminatingError(ErrorRecords.From(exception, target));

    // The engine expects this exception of a pipeline that the user has stopped; any other would show as an error.
    private void ThrowIfStopped(Exception fault)
    {
        if (fault is OperationCanceledException && _stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

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
