using System;
using System.Runtime.InteropServices;

namespace InboundProvisioning.ScriptHost;

/// <summary>Windows consoles understand colour sequences only when asked to.</summary>
internal static partial class VirtualTerminal
{
    private const int StandardOutput = -11;
    private const int StandardError = -12;
    private const uint EnableProcessing = 0x0004;

    /// <summary>Switches colour sequences on: https://learn.microsoft.com/windows/console/setconsolemode.</summary>
    /// <returns>Whether they work.</returns>
    public static bool Enable() =>
        !OperatingSystem.IsWindows() || Enable(StandardOutput) | Enable(StandardError);

    private static bool Enable(int device)
    {
        nint handle = GetStdHandle(device);
        return GetConsoleMode(handle, out uint mode) && SetConsoleMode(handle, mode | EnableProcessing);
    }

    [LibraryImport("kernel32.dll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial nint GetStdHandle(int device);

    [LibraryImport("kernel32.dll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetConsoleMode(nint handle, out uint mode);

    [LibraryImport("kernel32.dll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetConsoleMode(nint handle, uint mode);
}
