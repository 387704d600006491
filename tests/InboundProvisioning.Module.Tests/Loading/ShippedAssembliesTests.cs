using System.IO;
using System.Linq;
using InboundProvisioning.Module.Tests.Hosting;

namespace InboundProvisioning.Module.Tests.Loading;

/// <summary>The exact list of what ships: a new dependency shows here first.</summary>
public sealed class ShippedAssembliesTests
{
    private static readonly string[] Ours = ["InboundProvisioning.Core", "InboundProvisioning.Loader", "InboundProvisioning.PowerShell"];

    [Fact]
    public void PowerShell_7_gets_these_assemblies_and_no_others()
    {
        Assert.Equal(
            [
                "CsvHelper",
                .. Ours,
                "Microsoft.Bcl.AsyncInterfaces",
                "Microsoft.Identity.Client",
                "Microsoft.IdentityModel.Abstractions",
                "Polly.Core",
                "SQLitePCLRaw.batteries_v2",
                "SQLitePCLRaw.core",
                "SQLitePCLRaw.provider.e_sqlite3",
                "System.IO.Hashing",
            ],
            ModuleFiles.AssemblyNames("net8.0"));
    }

    [Fact]
    public void Windows_PowerShell_gets_these_assemblies_and_no_others()
    {
        Assert.Equal(
            [
                "CsvHelper",
                .. Ours,
                "Microsoft.Bcl.AsyncInterfaces",
                "Microsoft.Bcl.TimeProvider",
                "Microsoft.Identity.Client",
                "Microsoft.IdentityModel.Abstractions",
                "Polly.Core",
                "SQLitePCLRaw.core",
                "SQLitePCLRaw.provider.dynamic_cdecl",
                "System.Buffers",
                "System.ComponentModel.Annotations",
                "System.Diagnostics.DiagnosticSource",
                "System.Formats.Asn1",
                "System.IO.Hashing",
                "System.IO.Pipelines",
                "System.Memory",
                "System.Numerics.Vectors",
                "System.Runtime.CompilerServices.Unsafe",
                "System.Text.Encodings.Web",
                "System.Text.Json",
                "System.Threading.Tasks.Extensions",
                "System.ValueTuple",
            ],
            ModuleFiles.AssemblyNames("net472"));
    }

    [Fact]
    public void Both_get_these_assemblies_once() =>
        Assert.Equal(["Azure.Core", "Azure.Storage.Blobs", "Azure.Storage.Common", "Microsoft.Data.Sqlite", "System.Memory.Data", "System.Threading.RateLimiting"], ModuleFiles.AssemblyNames(ModuleFiles.Shared));

    [Fact]
    public void The_native_libraries_are_there_once_for_both_editions_for_these_systems_and_no_others()
    {
        string folder = Path.Combine(Repository.ModuleFolder, "native");

        Assert.Equal(
            [
                "linux-arm64/libe_sqlite3.so",
                "linux-musl-x64/libe_sqlite3.so",
                "linux-x64/libe_sqlite3.so",
                "osx-arm64/libe_sqlite3.dylib",
                "osx-x64/libe_sqlite3.dylib",
                "win-arm64/e_sqlite3.dll",
                "win-x64/e_sqlite3.dll",
                "win-x86/e_sqlite3.dll",
            ],
            Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/'))
                .Order(System.StringComparer.Ordinal));
    }

    [Fact]
    public void The_module_takes_less_than_25_MB_on_the_disk() =>
        Assert.InRange(
            Directory.GetFiles(Repository.ModuleFolder, "*", SearchOption.AllDirectories).Sum(path => new FileInfo(path).Length),
            1,
            25 * 1024 * 1024);

    [Theory]
    [InlineData("net472")]
    [InlineData("net8.0")]
    [InlineData("shared")]
    public void Beside_the_assemblies_lies_nothing_else(string folder)
    {
        Assert.All(
            Directory.GetFileSystemEntries(ModuleFiles.EditionFolder(folder)),
            path => Assert.EndsWith(".dll", path, System.StringComparison.Ordinal));
    }

    [Fact]
    public void Only_the_assemblies_are_in_folders_of_editions()
    {
        Assert.Equal(
            [.. ModuleFiles.Editions, ModuleFiles.Shared],
            Directory.GetDirectories(Path.Combine(Repository.ModuleFolder, "bin"))
                .Select(path => Path.GetFileName(path)!)
                .Order(System.StringComparer.Ordinal));
    }
}
