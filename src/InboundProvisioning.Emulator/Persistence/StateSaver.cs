using System;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;

namespace InboundProvisioning.Emulator.Persistence;

/// <summary>Saves after changes, one save at a time: changes during a save share the next one. Disposing it saves a last time.</summary>
internal sealed class StateSaver : IAsyncDisposable
{
    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Action _save;
    private readonly Task _loop;
    private int _disposed;

    public StateSaver(Action save)
    {
        _save = save;
        _loop = Task.Run(SaveAsync);
    }

    /// <summary>Something has changed.</summary>
    public void Changed() => _changes.Writer.TryWrite(true);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _changes.Writer.TryComplete();
            await _loop;
            _save();
        }
    }

    private async Task SaveAsync()
    {
        await foreach (bool _ in _changes.Reader.ReadAllAsync())
        {
            try
            {
                _save();
            }
            catch (System.IO.IOException fault)
            {
                // The next change tries again, and the last save throws.
                await Console.Error.WriteLineAsync($"The state could not be saved: {fault.Message}");
            }
        }
    }
}
