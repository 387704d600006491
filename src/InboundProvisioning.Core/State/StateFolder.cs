using System;
using System.IO;
using System.Threading;

namespace InboundProvisioning.State;

/// <summary>A temporary folder for its owner alone, in which a state that is kept elsewhere is worked on. It goes with what is in it.</summary>
internal sealed class StateFolder : IDisposable
{
    private const int Attempts = 5;

    private readonly string _path;

    private StateFolder(string path)
    {
        _path = path;
    }

    /// <summary>The state.</summary>
    public string State => Path.Combine(_path, "state.db");

    /// <summary>The state as it was between two transactions, on its way to where it is kept.</summary>
    public string Outgoing => Path.Combine(_path, "outgoing.db");

    /// <summary>Makes a folder.</summary>
    public static StateFolder Create()
    {
#if NET8_0_OR_GREATER
        // 0700 from the first moment; on Windows the folder of temporary files is the user's alone, and each file gets an access list.
        return new StateFolder(Directory.CreateTempSubdirectory("InboundProvisioning-state-").FullName);
#else
        return new StateFolder(Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "InboundProvisioning-state-" + Guid.NewGuid().ToString("N"))).FullName);
#endif
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                Directory.Delete(_path, recursive: true);
                return;
            }
            catch (DirectoryNotFoundException)
            {
                return;
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // On Windows a virus scanner may hold a new file for a moment.
                if (attempt == Attempts)
                {
                    return;
                }

                Thread.Sleep(50 * attempt);
            }
        }
    }
}
