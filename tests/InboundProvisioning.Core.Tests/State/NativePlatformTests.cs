using System.IO;
using System.Runtime.InteropServices;
using InboundProvisioning.Core.Tests.Support;
using InboundProvisioning.State;
using InboundProvisioning.State.Native;

namespace InboundProvisioning.Core.Tests.State;

/// <summary>Which native library a process needs, and where it is looked for.</summary>
public sealed class NativePlatformTests
{
    [Theory]
    [InlineData("win", Architecture.X64, null, "win-x64", "e_sqlite3.dll", "win, x64")]
    [InlineData("win", Architecture.X86, null, "win-x86", "e_sqlite3.dll", "win, x86")]
    [InlineData("win", Architecture.Arm64, null, "win-arm64", "e_sqlite3.dll", "win, arm64")]
    [InlineData("linux", Architecture.X64, "glibc", "linux-x64", "libe_sqlite3.so", "linux, x64, glibc")]
    [InlineData("linux", Architecture.Arm64, "glibc", "linux-arm64", "libe_sqlite3.so", "linux, arm64, glibc")]
    [InlineData("linux", Architecture.X64, "musl", "linux-musl-x64", "libe_sqlite3.so", "linux, x64, musl")]
    [InlineData("osx", Architecture.X64, null, "osx-x64", "libe_sqlite3.dylib", "osx, x64")]
    [InlineData("osx", Architecture.Arm64, null, "osx-arm64", "libe_sqlite3.dylib", "osx, arm64")]
    public void Each_system_has_its_folder_and_file(
        string system, Architecture architecture, string? libc, string identifier, string file, string description)
    {
        var platform = new NativePlatform(system, architecture, libc);

        Assert.Equal((identifier, file, description), (platform.Identifier, platform.LibraryFile, platform.Description));
    }

    [Theory]
    [InlineData("musl", "7f0a1000-7f0a5000 r-xp 00001000 08:01 42   /lib/ld-musl-x86_64.so.1")]
    [InlineData("musl", "7f0a1000-7f0a5000 r-xp 00001000 08:01 42   /lib/libc.musl-aarch64.so.1")]
    [InlineData("musl", "7f0a1000-7f0a5000 r-xp 00001000 08:01 42   /usr/lib/libc.so")]
    [InlineData("glibc", "7f0a1000-7f0a5000 r-xp 00001000 08:01 42   /usr/lib/x86_64-linux-gnu/libc.so.6")]
    [InlineData("glibc", "7f0a1000-7f0a5000 r-xp 00001000 08:01 42   /home/ld-musl-builds/libc.so.6")]
    [InlineData("glibc", "7f0a1000-7f0a5000 rw-p 00000000 00:00 0    [heap]")]
    public void The_C_library_is_the_one_that_the_process_has_in_memory(string libc, string mapped) =>
        Assert.Equal(libc, NativePlatform.LibcOf(["7ffe1000-7ffe3000 r-xp 00000000 00:00 0 [vdso]", mapped, "00400000-00420000 r-xp 0 08:01 7 /usr/bin/pwsh"]));

    [Fact]
    public void The_module_keeps_one_set_for_both_editions_and_a_program_its_own_beside_the_assemblies()
    {
        using var folder = new TemporaryDirectory();
        var platform = new NativePlatform("linux", Architecture.X64, "musl");
        string assemblies = folder.File("bin/net8.0");
        string shared = Path.Combine(folder.Path, "native", "linux-musl-x64", "libe_sqlite3.so");
        string beside = Path.Combine(assemblies, "native", "linux-musl-x64", "libe_sqlite3.so");

        Assert.Equal(shared, StateEngine.LibraryPath(platform, assemblies));

        Write(beside);
        Assert.Equal(beside, StateEngine.LibraryPath(platform, assemblies));

        Write(shared);
        Assert.Equal(shared, StateEngine.LibraryPath(platform, assemblies));
    }

    private static void Write(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, []);
    }
}
