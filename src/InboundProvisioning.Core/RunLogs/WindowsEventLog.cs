using System;
using System.ComponentModel;
using System.Runtime.InteropServices;

namespace InboundProvisioning.RunLogs;

/// <summary>
/// The event log of Windows, log Application: how a run ended, and what went wrong. The event id is the number of the event.
/// https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-reporteventw
/// </summary>
internal sealed class WindowsEventLog : IRunLogTarget
{
    /// <summary>The source under which entries stand.</summary>
    public const string Source = "InboundProvisioning";

    private readonly IntPtr _handle;

    /// <exception cref="Win32Exception">The event log cannot be reached.</exception>
    public WindowsEventLog()
    {
        _handle = RegisterEventSourceW(null, Source);
        if (_handle == IntPtr.Zero)
        {
            throw new Win32Exception(Marshal.GetLastWin32Error());
        }
    }

    public string Name => "the event log";

    public void Write(RunLogEntry entry)
    {
        if (entry.Event is not RunEvent.RunEnded && entry.Level == RunLogLevel.Information)
        {
            return;
        }

        ushort type = entry.Level switch
        {
            RunLogLevel.Error => 1,
            RunLogLevel.Warning => 2,
            _ => 4,
        };
        if (!ReportEventW(_handle, type, 0, (uint)entry.Event, IntPtr.Zero, 1, 0, [RunLogJson.Words(entry)], IntPtr.Zero))
        {
            throw new Win32Exception(Marshal.GetLastWin32Error());
        }
    }

    public void Dispose() => DeregisterEventSource(_handle);

    [DllImport("advapi32.dll", CharSet = CharSet.Unicode, ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern IntPtr RegisterEventSourceW(string? server, string source);

    [DllImport("advapi32.dll", CharSet = CharSet.Unicode, ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool ReportEventW(
        IntPtr handle, ushort type, ushort category, uint eventId, IntPtr user, ushort stringCount, uint dataSize, string[] strings, IntPtr data);

    [DllImport("advapi32.dll", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool DeregisterEventSource(IntPtr handle);
}
