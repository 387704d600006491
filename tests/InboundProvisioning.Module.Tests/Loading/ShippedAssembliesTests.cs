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
                "Microsoft.Identity.Client",
                "Microsoft.IdentityModel.Abstractions",
                "Polly.Core",
                "System.IO.Hashing",
                "System.Threading.RateLimiting",
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
                "System.Threading.RateLimiting",
                "System.Threading.Tasks.Extensions",
                "System.ValueTuple",
            ],
            ModuleFiles.AssemblyNames("net472"));
    }

    [Theory]
    [InlineData("net472")]
    [InlineData("net8.0")]
    public void Beside_the_assemblies_lie_our_own_symbols_and_nothing_else(string edition)
    {
        Assert.Equal(
            Ours.Select(name => name + ".pdb"),
            Directory.GetFileSystemEntries(ModuleFiles.EditionFolder(edition))
                .Select(path => Path.GetFileName(path)!)
                .Where(name => !name.EndsWith(".dll", System.StringComparison.Ordinal))
                .Order(System.StringComparer.Ordinal));
    }

    [Fact]
    public void Only_the_assemblies_are_in_folders_of_editions()
    {
        Assert.Equal(
            ModuleFiles.Editions,
            Directory.GetDirectories(Path.Combine(Repository.ModuleFolder, "bin"))
                .Select(path => Path.GetFileName(path)!)
                .Order(System.StringComparer.Ordinal));
    }
}
