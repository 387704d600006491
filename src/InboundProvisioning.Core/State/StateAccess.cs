using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Threading;

namespace InboundProvisioning.State;

/// <summary>Ways into a state.</summary>
internal static class StateAccess
{
    /// <summary>The id of this process.</summary>
    public static int ProcessId
    {
        get
        {
            using var process = Process.GetCurrentProcess();
            return process.Id;
        }
    }

    /// <summary>Takes the lock of a state.</summary>
    /// <exception cref="InboundProvisioningException"><c>StateLocked</c>, with who holds it; <c>StateNotWritten</c>.</exception>
    public static StateLock Lock(string path, TimeSpan wait, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            return StateLock.TryTake(path, wait, time, cancellationToken) ?? throw new InboundProvisioningException(
                "StateLocked",
                FaultKind.LimitReached,
                $"Another run holds the state {path}: {HolderOf(path)}. Wait until it is done, or give -WaitForLock <seconds>.",
                path);
        }
        catch (Exception fault) when (fault is UnauthorizedAccessException or DirectoryNotFoundException)
        {
            throw new InboundProvisioningException(
                "StateNotWritten",
                FaultKind.PermissionDenied,
                $"The folder of the state {path} cannot be written: {fault.Message} Give this account the right to write it, or another -StatePath.",
                path,
                fault);
        }
    }

    /// <summary>Opens a state to write it.</summary>
    /// <exception cref="InboundProvisioningException">As <see cref="SqliteState.Open"/>, and <c>StateNotFound</c>.</exception>
    public static SqliteState OpenToWrite(string path) =>
        File.Exists(path) ? SqliteState.Open(path, writes: true, checks: true) : throw StateFault.Missing(path);

    /// <summary>Opens a state to look at it.</summary>
    /// <exception cref="InboundProvisioningException">As <see cref="SqliteState.Open"/>, and <c>StateNotFound</c>.</exception>
    public static SqliteState OpenToRead(string path) =>
        File.Exists(path) ? SqliteState.Open(path, writes: false, checks: false) : throw StateFault.Missing(path);

    private static string HolderOf(string path)
    {
        try
        {
            using SqliteState state = SqliteState.Open(path, writes: false, checks: false);
            return state.Holder is { } holder
                ? string.Format(CultureInfo.InvariantCulture, "process {0} on {1}, since {2:u}", holder.Process, holder.Host, holder.StartedOn.UtcDateTime)
                : "one that has just begun";
        }
        catch (InboundProvisioningException)
        {
            return "one that cannot be told now";
        }
    }
}
