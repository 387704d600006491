using System;
using System.IO;
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
    private Task? _step;

    /// <summary>Cancelled when the pipeline is stopped.</summary>
    protected internal CancellationToken StopToken => _stop.Token;

    /// <summary>Where a worker posts what is to be done on the pipeline thread; null while there is no worker.</summary>
    internal PipelineQueue? Pipeline { get; private protected set; }

    /// <summary>Whether the user has asked that the first error ends the cmdlet: <c>-ErrorAction Stop</c>, or the preference.</summary>
    internal bool StopsAtFault
    {
        get
        {
            object? preference = MyInvocation.BoundParameters.TryGetValue("ErrorAction", out object? given)
                ? given
                : GetVariableValue("ErrorActionPreference");
            return LanguagePrimitives.TryConvertTo(preference, out ActionPreference action) && action == ActionPreference.Stop;
        }
    }

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
        PipelineQueue? outer = Pipeline;
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
            Pipeline = outer;
        }
    }

    /// <summary>
    /// Takes a step of longer work and gives its result. While it waits for anything, the pipeline thread carries out what is posted to
    /// a queue that outlives the step. A fault of the step ends the cmdlet.
    /// </summary>
    internal T Await<T>(PipelineQueue queue, Func<Task<T>> step)
    {
        Task<T> task = step();
        _step = task;
        try
        {
            queue.DrainUntil(task);
            T result = task.GetAwaiter().GetResult();
            queue.DrainPosted();
            return result;
        }
        catch (InboundProvisioningException fault)
        {
            ThrowFault(fault);
            throw;
        }
        catch (OperationCanceledException fault)
        {
            ThrowIfStopped(fault);
            throw;
        }
    }

    /// <summary>Waits until the last step of <see cref="Await"/> has ended, which was cancelled before; a fault of it stays in it.</summary>
    internal void WaitForStep()
    {
        if (_step is not null)
        {
            WaitFor(_step);
        }
    }

    /// <summary>Writes a fault that concerns one item; the others go on.</summary>
    internal void WriteFault(Exception exception, object? target = null) => WriteError(ErrorRecords.From(exception, target));

    /// <summary>Carries out a part of the cmdlet, which a fault ends.</summary>
    internal void Guard(Action action, object? target = null)
    {
        try
        {
            action();
        }
        catch (Exception exception) when (exception is InboundProvisioningException or IOException or UnauthorizedAccessException)
        {
            ThrowFault(exception, target);
        }
        catch (OperationCanceledException) when (Stopping)
        {
            // Ctrl+C: the engine ends the pipeline.
        }
    }

    /// <summary>Ends the cmdlet with a fault of its set-up.</summary>
    internal virtual void ThrowFault(Exception exception, object? target = null) =>
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
