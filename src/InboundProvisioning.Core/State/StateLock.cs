using System;
using System.IO;
using System.Threading;

namespace InboundProvisioning.State;

/// <summary>
/// A lock of the operating system on a file beside a state, which dies with the process that holds it. The file stays: taken away, two
/// runs could hold two files of one name.
/// </summary>
internal sealed class StateLock : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly FileStream _file;

    private StateLock(FileStream file)
    {
        _file = file;
    }

    /// <summary>Takes the lock; null where another holds it all the while.</summary>
    /// <param name="statePath">The state.</param>
    /// <param name="wait">How long to wait for it.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static StateLock? TryTake(string statePath, TimeSpan wait, TimeProvider time, CancellationToken cancellationToken)
    {
        long started = time.GetTimestamp();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                return new StateLock(StateFile.Open(PathOf(statePath), FileMode.OpenOrCreate, FileShare.None));
            }
            catch (IOException fault) when (fault is not FileNotFoundException and not DirectoryNotFoundException and not PathTooLongException)
            {
                if (time.GetElapsedTime(started) >= wait)
                {
                    return null;
                }
            }

            cancellationToken.WaitHandle.WaitOne(Pause);
        }
    }

    /// <summary>The file of the lock.</summary>
    public static string PathOf(string statePath) => statePath + ".lock";

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
