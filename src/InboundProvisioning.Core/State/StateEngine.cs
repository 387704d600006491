using System;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
#if NET
using System.Runtime.InteropServices;
#endif
using InboundProvisioning.State.Native;
using SQLitePCL;

namespace InboundProvisioning.State;

/// <summary>
/// SQLite, made ready before anything else touches it: the native library that ships with the module, loaded by its absolute
/// path, and the one that each call then gets, whatever else of this name the process holds.
/// </summary>
/// <remarks>The one static state of Core: a native library and its provider are the process's, and are loaded once in it.</remarks>
internal static class StateEngine
{
    private static readonly object Gate = new();
    private static bool _isLoaded;

    /// <summary>Loads SQLite. Calls after the first that succeeds do nothing.</summary>
    /// <exception cref="InboundProvisioningException">StateEngineUnavailable: no library for this process, or none that loads.</exception>
    public static void Load()
    {
        lock (Gate)
        {
            if (!_isLoaded)
            {
                Load(NativePlatform.Current(), AssemblyFolder());
                _isLoaded = true;
            }
        }
    }

    /// <summary>
    /// Where the library of a platform is: the module keeps one set for both editions, two folders above the assemblies of each;
    /// other programs have theirs beside the assemblies.
    /// </summary>
    /// <param name="platform">The platform.</param>
    /// <param name="assemblyFolder">The folder of this assembly.</param>
    /// <returns>An absolute path; where there is no library, the one that was looked for first.</returns>
    internal static string LibraryPath(NativePlatform platform, string assemblyFolder)
    {
        string name = Path.Combine("native", platform.Identifier, platform.LibraryFile);
        string[] places = [Path.GetFullPath(Path.Combine(assemblyFolder, "..", "..", name)), Path.GetFullPath(Path.Combine(assemblyFolder, name))];
        return places.FirstOrDefault(File.Exists) ?? places[0];
    }

    private static void Load(NativePlatform platform, string assemblyFolder)
    {
        string path = LibraryPath(platform, assemblyFolder);
        if (!File.Exists(path))
        {
            throw Unavailable(FaultKind.NotFound, path, platform, "it is not there", cause: null);
        }

        try
        {
            var library = new NativeFile(path);
            if (library.FunctionAddress("sqlite3_libversion_number") == IntPtr.Zero)
            {
                throw new EntryPointNotFoundException("it is a library, but not SQLite");
            }

            Use(library);
        }
        catch (Exception fault) when (fault is TypeLoadException or BadImageFormatException or FileNotFoundException or FileLoadException)
        {
            // On Linux .NET says first how to trace the loading of libraries; what the system said is the last line. Of a library for another
            // architecture it says that there is no such file.
            string answer = fault.Message.Trim();
            answer = answer.Substring(answer.LastIndexOf('\n') + 1).TrimEnd('.');
            throw Unavailable(
                FaultKind.InvalidData, path, platform, $"it is there, but may be damaged or made for another system. The system says: {answer}", fault);
        }
    }

    // Not inlined: what SQLitePCLRaw needs may be missing too, and is then a fault of this call.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Use(NativeFile library)
    {
#if NET
        var provider = new SQLite3Provider_e_sqlite3();
        NativeLibrary.SetDllImportResolver(provider.GetType().Assembly, (_, _, _) => library.Handle);
#else
        // .NET Framework has no resolver: it would take the first library of this name that the process has loaded.
        SQLite3Provider_dynamic_cdecl.Setup("e_sqlite3", new NativeFunctions(library));
        var provider = new SQLite3Provider_dynamic_cdecl();
#endif
        raw.SetProvider(provider);

        // Microsoft.Data.Sqlite sets the default provider on its first use; from now on that is without effect.
        raw.FreezeProvider();
    }

    private static string AssemblyFolder() => Path.GetDirectoryName(typeof(StateEngine).Assembly.Location)!;

    private static InboundProvisioningException Unavailable(
        FaultKind kind, string path, NativePlatform platform, string reason, Exception? cause) =>
        new(
            "StateEngineUnavailable",
            kind,
            $"The native library of SQLite, '{path}', cannot be loaded into this process ({platform.Description}): {reason}. "
            + "The state of a job is kept with it. Install the module anew, as a whole. It has libraries for Windows (x64, x86, arm64), "
            + "Linux (x64 and arm64 with glibc 2.34 or later, x64 with musl) and macOS (x64, arm64).",
            path,
            cause);
}
