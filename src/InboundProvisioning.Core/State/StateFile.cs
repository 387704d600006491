using System;
using System.IO;
using System.Linq;

namespace InboundProvisioning.State;

/// <summary>The files of a state: for their owner alone, and on a disk of this machine.</summary>
internal static class StateFile
{
    private static readonly string[] NetworkFormats =
        ["nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afpfs", "webdav", "davfs", "fuse.sshfs", "fuse.davfs2", "9p", "afs", "ceph", "glusterfs"];

    /// <summary>Opens a file that its owner alone may read (0600); made new, it never was anybody else's.</summary>
    public static FileStream Open(string path, FileMode mode, FileShare share)
    {
#if NET8_0_OR_GREATER
        if (!OperatingSystem.IsWindows())
        {
            return new FileStream(path, new FileStreamOptions
            {
                Mode = mode,
                Access = FileAccess.ReadWrite,
                Share = share,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
        }
#endif
        bool isNew = !File.Exists(path);
        var file = new FileStream(path, mode, FileAccess.ReadWrite, share);
        if (isNew)
        {
            Protect(path);
        }

        return file;
    }

    /// <summary>Leaves a file to its owner alone: 0600, or an access list with the current user and the system.</summary>
    public static void Protect(string path)
    {
#if NET8_0_OR_GREATER
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
        else
        {
            OwnerAccess.Set(path);
        }
#else
        if (Environment.OSVersion.Platform == PlatformID.Win32NT)
        {
            OwnerAccess.Set(path);
        }
#endif
    }

    /// <summary>What a link leads to: a state has one lock, whatever it is called.</summary>
    public static string TargetOf(string path)
    {
#if NET8_0_OR_GREATER
        return File.Exists(path) && File.ResolveLinkTarget(path, returnFinalTarget: true) is { } target ? target.FullName : path;
#else
        return path;
#endif
    }

    /// <summary>
    /// Whether a file may be written. Without opening it: to close it would take the locks away that SQLite holds on it in this process
    /// (https://www.sqlite.org/howtocorrupt.html, section 2.2).
    /// </summary>
    public static bool IsWritable(string path) => !new FileInfo(path).IsReadOnly;

    /// <summary>Whether a file is a database, as states are.</summary>
    public static bool LooksLikeOne(string path)
    {
        if (new FileInfo(path) is not { Exists: true, Length: > 0 })
        {
            return false;
        }

        // https://www.sqlite.org/fileformat.html, section 1.3
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        foreach (byte expected in "SQLite format 3\0"u8)
        {
            if (file.ReadByte() != expected)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Makes sure that a state is where it was: SQLite goes on writing to a file that was deleted.</summary>
    /// <exception cref="InboundProvisioningException"><c>StateVanished</c>.</exception>
    public static void RequireThere(string path)
    {
        if (!File.Exists(path))
        {
            throw StateFault.Vanished(path);
        }
    }

    /// <summary>Whether a path leads to another machine, where locks and the order of writes cannot be relied on.</summary>
    /// <param name="path">The full path.</param>
    public static bool IsOnNetwork(string path) =>
        path.StartsWith("\\\\", StringComparison.Ordinal)
        || IsOnNetwork(path, [.. DriveInfo.GetDrives().Select(static drive => (drive.Name, drive.DriveType, FormatOf(drive)))]);

    /// <summary>The same, of given drives.</summary>
    internal static bool IsOnNetwork(string path, (string Name, DriveType Type, string Format)[] drives)
    {
        // The innermost mount counts.
        (string Name, DriveType Type, string Format) drive = drives
            .Where(drive => IsBelow(path, drive.Name))
            .OrderByDescending(static drive => drive.Name.Length)
            .FirstOrDefault();
        return drive.Name is not null && (drive.Type == DriveType.Network || NetworkFormats.Contains(drive.Format, StringComparer.OrdinalIgnoreCase));
    }

    private static bool IsBelow(string path, string folder)
    {
        StringComparison comparison = Path.DirectorySeparatorChar == '\\' ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        string withSeparator = folder.EndsWith(Path.DirectorySeparatorChar.ToString(), StringComparison.Ordinal) ? folder : folder + Path.DirectorySeparatorChar;
        return path.StartsWith(withSeparator, comparison);
    }

    private static string FormatOf(DriveInfo drive)
    {
        try
        {
            return drive.DriveFormat;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return string.Empty;
        }
    }
}
