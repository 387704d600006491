using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;

namespace InboundProvisioning.PowerShell.Abstractions;

/// <summary>
/// What a worker wants done on the pipeline thread (objects, errors, warnings, progress), in order. Bounded: a worker that is
/// far ahead of the pipeline waits, so memory stays flat when the next command is slow.
/// </summary>
internal sealed class PipelineQueue : IDisposable
{
    private const int Capacity = 64;

    private readonly BlockingCollection<Action> _actions = new(Capacity);
    private readonly CancellationToken _stop;
    private readonly int _thread = Environment.CurrentManagedThreadId;

    public PipelineQueue(CancellationToken stop)
    {
        _stop = stop;
    }

    /// <summary>Has the pipeline thread carry out an action; waits only while the queue is full.</summary>
    public void Post(Action action) => _actions.Add(action, _stop);

    /// <summary>
    /// Has the pipeline thread carry out an action, and returns when it has; at once where that is this thread, the one that made the
    /// queue.
    /// </summary>
    public void Do(Action action)
    {
        if (Environment.CurrentManagedThreadId != _thread)
        {
            AskAsync(() =>
            {
                action();
                return true;
            }).GetAwaiter().GetResult();
            return;
        }

        DrainPosted();
        action();
    }

    /// <summary>
    /// Has the pipeline thread carry out an action unless the queue is full or the pipeline has gone: for progress, which may be
    /// dropped.
    /// </summary>
    public void TryPost(Action action)
    {
        try
        {
            _actions.TryAdd(action);
        }
        catch (InvalidOperationException)
        {
            // Completed or disposed: a notice that comes too late.
        }
    }

    /// <summary>Has the pipeline thread work out an answer, and gives it to the worker that waits for it.</summary>
    public async Task<T> AskAsync<T>(Func<T> question)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration stop = _stop.Register(() => answer.TrySetCanceled(_stop));
        Post(() => answer.TrySetResult(question()));
        return await answer.Task.ConfigureAwait(false);
    }

    /// <summary>Tells the pipeline thread that nothing more comes.</summary>
    public void Complete() => _actions.CompleteAdding();

    /// <summary>Carries out what is posted until <see cref="Complete"/>; for the pipeline thread alone.</summary>
    public void Drain()
    {
        foreach (Action action in _actions.GetConsumingEnumerable(_stop))
        {
            action();
        }
    }

    /// <summary>Carries out what is posted until a task has ended, however it ends; for the pipeline thread alone.</summary>
    public void DrainUntil(Task task)
    {
        if (task.IsCompleted)
        {
            return;
        }

        // Wakes this thread up. When the queue is full it is awake anyway.
        _ = task.ContinueWith(
            _ => TryPost(static () => { }), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        while (!task.IsCompleted)
        {
            _actions.Take(_stop)();
        }
    }

    /// <summary>Carries out what has been posted so far, without waiting; for the pipeline thread alone.</summary>
    public void DrainPosted()
    {
        while (_actions.TryTake(out Action? action))
        {
            action();
        }
    }

    public void Dispose() => _actions.Dispose();
}
