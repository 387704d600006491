using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;

namespace InboundProvisioning.State.Native;

/// <summary>What a native library must be made for to be loaded into this process.</summary>
internal sealed class NativePlatform
{
    /// <summary>Describes a platform.</summary>
    /// <param name="system"><c>win</c>, <c>linux</c> or <c>osx</c>.</param>
    /// <param name="architecture">That of the process, which on Windows and macOS can be another than the machine's.</param>
    /// <param name="libc">The C library of the process on Linux, <c>glibc</c> or <c>musl</c>; null elsewhere.</param>
    public NativePlatform(string system, Architecture architecture, string? libc)
    {
        string processor = architecture.ToString().ToLowerInvariant();
        Identifier = libc == "musl" ? $"{system}-musl-{processor}" : $"{system}-{processor}";
        Description = libc is null ? $"{system}, {processor}" : $"{system}, {processor}, {libc}";
        LibraryFile = system switch
        {
            "win" => "e_sqlite3.dll",
            "osx" => "libe_sqlite3.dylib",
            _ => "libe_sqlite3.so",
        };
    }

    /// <summary>.NET's portable runtime identifier, such as <c>linux-musl-x64</c>.</summary>
    public string Identifier { get; }

    /// <summary>The system, the architecture of the process and, on Linux, its C library, for a message.</summary>
    public string Description { get; }

    /// <summary>The file name of the library on this system.</summary>
    public string LibraryFile { get; }

    /// <summary>The platform of this process.</summary>
    public static NativePlatform Current()
    {
        Architecture architecture = RuntimeInformation.ProcessArchitecture;
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            return new NativePlatform("win", architecture, libc: null);
        }

        return RuntimeInformation.IsOSPlatform(OSPlatform.OSX)
            ? new NativePlatform("osx", architecture, libc: null)
            : new NativePlatform("linux", architecture, LibcOf(MappedFiles()));
    }

    /// <summary>
    /// The C library among the files that a process has in memory. What lies on the disk does not tell: a Debian may have musl
    /// installed beside its own, an Alpine the loader of glibc.
    /// </summary>
    /// <param name="mappedFiles">Lines that end with the path of a file.</param>
    public static string LibcOf(IEnumerable<string> mappedFiles) =>
        mappedFiles.Any(line => IsMusl(line.Substring(line.LastIndexOf('/') + 1))) ? "musl" : "glibc";

    // Of musl, the loader and the library are one file: in Alpine ld-musl-x86_64.so.1, in others libc.so, to which that is a link.
    // The libc.so of glibc is a text for the linker, and in no process.
    private static bool IsMusl(string name) =>
        name == "libc.so"
        || name.StartsWith("ld-musl-", StringComparison.Ordinal)
        || name.StartsWith("libc.musl-", StringComparison.Ordinal);

    private static IEnumerable<string> MappedFiles()
    {
        try
        {
            return File.ReadAllLines("/proc/self/maps");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Without /proc, a system that has musl's loader and not that of glibc runs on musl.
            return Directory.Exists("/lib64") && Directory.EnumerateFiles("/lib64", "ld-linux*").Any()
                ? []
                : Directory.EnumerateFiles("/lib", "ld-*");
        }
    }
}
