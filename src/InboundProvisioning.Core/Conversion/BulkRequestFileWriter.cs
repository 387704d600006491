using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Scim;

namespace InboundProvisioning.Conversion;

/// <summary>
/// Writes requests to a directory on a thread of its own, in order, while the next ones are made. The threads meet once for many
/// requests: waking each other for every one would cost as much as writing it.
/// </summary>
public sealed class BulkRequestFileWriter : IDisposable
{
    private const int Capacity = 16;

    private readonly BulkRequestDirectory _directory;
    private readonly Action<IReadOnlyList<string>> _onWritten;
    private readonly object _gate = new();
    private readonly Task _writing;
    private List<BulkRequest> _waiting = new(Capacity);
    private bool _completed;
    private bool _stopped;

    /// <param name="directory">Where the files go.</param>
    /// <param name="onWritten">Is told the paths of files, some at a time, on the writing thread.</param>
    public BulkRequestFileWriter(BulkRequestDirectory directory, Action<IReadOnlyList<string>> onWritten)
    {
        _directory = directory;
        _onWritten = onWritten;
        _writing = Task.Factory.StartNew(Write, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Takes a request over; waits while many are still to be written.</summary>
    /// <exception cref="System.IO.IOException">An earlier file could not be written.</exception>
    public void Add(BulkRequest request)
    {
        lock (_gate)
        {
            while (_waiting.Count == Capacity && !_stopped)
            {
                Monitor.Wait(_gate);
            }

            if (!_stopped)
            {
                _waiting.Add(request);
                Monitor.Pulse(_gate);
                return;
            }
        }

        request.Dispose();
        _writing.GetAwaiter().GetResult();
    }

    /// <summary>Waits until all is written.</summary>
    /// <exception cref="System.IO.IOException">A file could not be written.</exception>
    public void Complete()
    {
        lock (_gate)
        {
            _completed = true;
            Monitor.Pulse(_gate);
        }

        _writing.GetAwaiter().GetResult();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _stopped = true;
            Monitor.Pulse(_gate);
        }

        try
        {
            _writing.GetAwaiter().GetResult();
        }
        catch (Exception)
        {
            // Add and Complete report it, or the run is being given up.
        }
    }

    private void Write()
    {
        var batch = new List<BulkRequest>(Capacity);
        try
        {
            while (Take(ref batch))
            {
                string[] paths = new string[batch.Count];
                for (int i = 0; i < paths.Length; i++)
                {
                    paths[i] = _directory.Write(batch[i]);
                    batch[i].Dispose();
                }

                batch.Clear();
                _onWritten(paths);
            }
        }
        finally
        {
            lock (_gate)
            {
                _stopped = true;
                batch.AddRange(_waiting);
                _waiting.Clear();
                Monitor.Pulse(_gate);
            }

            foreach (BulkRequest request in batch)
            {
                request.Dispose();
            }
        }
    }

    private bool Take(ref List<BulkRequest> batch)
    {
        lock (_gate)
        {
            while (_waiting.Count == 0 && !_completed && !_stopped)
            {
                Monitor.Wait(_gate);
            }

            if (_stopped || _waiting.Count == 0)
            {
                return false;
            }

            (batch, _waiting) = (_waiting, batch);
            Monitor.Pulse(_gate);
            return true;
        }
    }
}
