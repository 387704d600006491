using System.Globalization;
using System.IO;
using Microsoft.Data.Sqlite;

namespace InboundProvisioning.State;

/// <summary>Words the faults of a state file.</summary>
internal static class StateFault
{
    // https://www.sqlite.org/rescode.html
    private const int Busy = 5;
    private const int TableLocked = 6;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    public static InboundProvisioningException From(SqliteException fault, string path) => fault.SqliteErrorCode switch
    {
        Corrupt => Damaged(path, fault.Message),
        NotADatabase => NotOurs(path),
        Full => new("StateNotWritten", FaultKind.LimitReached, $"The disk of the state {path} is full. Make room and run again: what was sent is known, nothing is lost.", path, fault),
        ReadOnly => new("StateNotWritten", FaultKind.PermissionDenied, $"The state {path} cannot be written: it or its folder is read-only. Give this account the right to write both, and run again.", path, fault),
        Busy or TableLocked => new("StateLocked", FaultKind.LimitReached, $"Another program holds the state {path} open. Run again when it is done.", path, fault),
        CannotOpen => new("StateUnavailable", FaultKind.NotFound, $"The state {path} cannot be opened: {fault.Message}", path, fault),
        InputOutput => new("StateNotWritten", FaultKind.Connection, $"The state {path} cannot be read or written: {fault.Message} Look after the disk and run again: what was sent is known, nothing is lost.", path, fault),
        _ => new("StateUnavailable", FaultKind.InvalidData, $"The state {path} cannot be used: {fault.Message}", path, fault),
    };

    public static InboundProvisioningException Damaged(string path, string? detail) => new(
        "StateDamaged",
        FaultKind.InvalidData,
        $"The state {path} is damaged{(detail is null ? string.Empty : " (" + detail.TrimEnd('.') + ")")}. Nothing was sent. Repair-ProvisioningState -StatePath '{path.Replace("'", "''")}' brings the newest good copy back.",
        path);

    public static InboundProvisioningException NotOurs(string path) => new(
        "StateNotOurs",
        FaultKind.InvalidData,
        $"{path} is no state of Sync-InboundProvisioning. Give -StatePath another file; it is left as it is. If it was one and is damaged, Repair-ProvisioningState brings the newest good copy back.",
        path);

    public static InboundProvisioningException TooNew(string path, long version, int known) => new(
        "StateTooNew",
        FaultKind.InvalidData,
        $"The state {path} was written by a newer version of the module (format {version}; this one knows {known}). Update the module: Update-PSResource InboundProvisioning.",
        path);

    public static InboundProvisioningException Older(string path) => new(
        "StateOlder",
        FaultKind.InvalidData,
        $"The state {path} is of an older version of the module. The next run of Sync-InboundProvisioning brings it up to date.",
        path);

    public static InboundProvisioningException LockLost(string path) => new(
        "StateLockLost",
        FaultKind.LimitReached,
        $"Another run has taken the state {path} over (its lock file {StateLock.PathOf(path)} was taken away). This run ends before its next call; the other one goes on with what it left.",
        path);

    public static InboundProvisioningException LeaseLost(string name, string reason) => new(
        "StateLockLost",
        FaultKind.LimitReached,
        $"The state {name} is not this run's any more: {reason}. This run ends before its next call; the next one begins with what it left in doubt.",
        name);

    public static InboundProvisioningException Locked(string path, StateHolder? holder) => Locked(path, holder is null
        ? "one that has just begun"
        : string.Format(CultureInfo.InvariantCulture, "process {0} on {1}, since {2:u}", holder.Process, holder.Host, holder.StartedOn.UtcDateTime));

    public static InboundProvisioningException Locked(string path, string holder) => new(
        "StateLocked",
        FaultKind.LimitReached,
        $"Another run holds the state {path}: {holder}. Wait until it is done, or give -WaitForLock <seconds>.",
        path);

    public static InboundProvisioningException LeasedForEver(string name) => new(
        "StateLocked",
        FaultKind.LimitReached,
        $"Somebody has taken a lease without an end on the state {name}, by hand or with another program: no run takes such a one, and it does not end by itself. Break it where you know whose it is: az storage blob lease break.",
        name);

    public static InboundProvisioningException Vanished(string path) => new(
        "StateVanished",
        FaultKind.NotFound,
        $"The state {path} is not there any more. The run ends before its next call. Bring the file back, or its newest copy with Repair-ProvisioningState: without it all people would be sent again.",
        path);

    public static InboundProvisioningException Missing(string path) => Missing(path, File.Exists(StateCopies.PathOf(path, 1)));

    public static InboundProvisioningException Missing(string path, bool hasCopy) => new(
        "StateNotFound",
        FaultKind.NotFound,
        hasCopy
            ? $"There is no state {path}, but a copy of it: Repair-ProvisioningState -StatePath '{path.Replace("'", "''")}' brings it back."
            : $"There is no state {path}. Sync-InboundProvisioning makes it, with -Initial or -Baseline.",
        path);
}
