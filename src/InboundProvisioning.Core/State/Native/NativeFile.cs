using System;
#if !NET
using System.ComponentModel;
#endif
using System.Runtime.InteropServices;

namespace InboundProvisioning.State.Native;

/// <summary>A native library that was loaded from its absolute path, and from nowhere else. It stays until the process ends.</summary>
internal sealed class NativeFile
{
    /// <summary>Loads a library.</summary>
    /// <param name="path">Its absolute path: a name alone would be looked for, and could find the copy of another module.</param>
    /// <exception cref="DllNotFoundException">The system cannot load it; the message is the system's.</exception>
    /// <exception cref="BadImageFormatException">It is made for another architecture.</exception>
    public NativeFile(string path)
    {
#if NET
        Handle = NativeLibrary.Load(path);
#else
        Handle = IsWindows ? LoadLibraryEx(path, IntPtr.Zero, LoadWithAlteredSearchPath) : Dlopen(path, ResolveNow);
        if (Handle == IntPtr.Zero)
        {
            throw new DllNotFoundException(IsWindows
                ? new Win32Exception(Marshal.GetLastWin32Error()).Message
                : Marshal.PtrToStringAnsi(Dlerror()));
        }
#endif
    }

    /// <summary>The system's handle.</summary>
    public IntPtr Handle { get; }

#if NET
    /// <summary>The address of a function of the library, or zero where it has none of this name.</summary>
    public IntPtr FunctionAddress(string name) => NativeLibrary.TryGetExport(Handle, name, out IntPtr address) ? address : IntPtr.Zero;
#else
    /// <summary>The address of a function of the library, or zero where it has none of this name.</summary>
    public IntPtr FunctionAddress(string name) => IsWindows ? GetProcAddress(Handle, name) : Dlsym(Handle, name);

    // What the library needs itself is looked for beside it.
    // https://learn.microsoft.com/windows/win32/api/libloaderapi/nf-libloaderapi-loadlibraryexw
    private const uint LoadWithAlteredSearchPath = 0x8;

    private const int ResolveNow = 2;

    private static readonly bool IsWindows = RuntimeInformation.IsOSPlatform(OSPlatform.Windows);

    [DllImport("kernel32", EntryPoint = "LoadLibraryExW", CharSet = CharSet.Unicode, SetLastError = true, ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern IntPtr LoadLibraryEx(string fileName, IntPtr reserved, uint flags);

    [DllImport("kernel32", CharSet = CharSet.Ansi, BestFitMapping = false, ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern IntPtr GetProcAddress(IntPtr module, string name);

    // This assembly is Windows PowerShell's; on Linux it runs under Mono and in tests.
    [DllImport("libdl.so.2", EntryPoint = "dlopen", CharSet = CharSet.Ansi, BestFitMapping = false, ExactSpelling = true)]
    private static extern IntPtr Dlopen(string fileName, int flags);

    [DllImport("libdl.so.2", EntryPoint = "dlsym", CharSet = CharSet.Ansi, BestFitMapping = false, ExactSpelling = true)]
    private static extern IntPtr Dlsym(IntPtr handle, string name);

    [DllImport("libdl.so.2", EntryPoint = "dlerror", ExactSpelling = true)]
    private static extern IntPtr Dlerror();
#endif
}
