using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Scim;

namespace InboundProvisioning.Conversion;

/// <summary>Writes requests to a directory on a thread of its own, in order, while the next ones are made.</summary>
public sealed class BulkRequestFileWriter : IDisposable
{
    private const int Capacity = 16;

    private readonly BlockingCollection<BulkRequest> _requests = new(Capacity);
    private readonly CancellationTokenSource _stop;
    private readonly Task _writing;

    /// <param name="directory">Where the files go.</param>
    /// <param name="onWritten">Is told the path of each file, on the writing thread.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public BulkRequestFileWriter(BulkRequestDirectory directory, Action<string> onWritten, CancellationToken cancellationToken)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _writing = Task.Run(() => Write(directory, onWritten), CancellationToken.None);
    }

    /// <summary>Takes a request over; waits while many are still to be written.</summary>
    public void Add(BulkRequest request)
    {
        try
        {
            _requests.Add(request, _stop.Token);
        }
        catch (OperationCanceledException)
        {
            request.Dispose();
            _writing.GetAwaiter().GetResult();
            throw;
        }
    }

    /// <summary>Waits until all is written.</summary>
    /// <exception cref="System.IO.IOException">A file could not be written.</exception>
    public void Complete()
    {
        _requests.CompleteAdding();
        _writing.GetAwaiter().GetResult();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Cancel();
        try
        {
            _writing.GetAwaiter().GetResult();
        }
        catch (Exception)
        {
            // Complete has reported it, or the run is being given up.
        }

        while (_requests.TryTake(out BulkRequest? request))
        {
            request.Dispose();
        }

        _requests.Dispose();
        _stop.Dispose();
    }

    private void Write(BulkRequestDirectory directory, Action<string> onWritten)
    {
        try
        {
            foreach (BulkRequest request in _requests.GetConsumingEnumerable(_stop.Token))
            {
                using (request)
                {
                    onWritten(directory.Write(request));
                }
            }
        }
        catch
        {
            // Frees a producer that waits for room.
            _stop.Cancel();
            throw;
        }
    }
}
