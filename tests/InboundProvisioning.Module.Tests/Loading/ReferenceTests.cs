using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using InboundProvisioning.Module.Tests.Hosting;

namespace InboundProvisioning.Module.Tests.Loading;

/// <summary>Dependencies point one way: cmdlets to Core, Core to no PowerShell, the loader to nothing.</summary>
public sealed class ReferenceTests
{
    private static readonly string[] Packages =
    [
        "Azure.Core",
        "Azure.Storage.Blobs",
        "Azure.Storage.Common",
        "CsvHelper",
        "Microsoft.Data.Sqlite",
        "Microsoft.Identity.Client",
        "Polly.Core",
        "SQLitePCLRaw.core",
        "SQLitePCLRaw.provider.e_sqlite3",
        "System.IO.Hashing",
        "System.Threading.RateLimiting",
    ];

    private static readonly string[] StandardPackages =
    [
        .. Packages,
        "Microsoft.Bcl.AsyncInterfaces",
        "Microsoft.Bcl.TimeProvider",
        "SQLitePCLRaw.provider.dynamic_cdecl",
        "System.Buffers",
        "System.ComponentModel.Annotations",
        "System.Diagnostics.DiagnosticSource",
        "System.IO.Pipelines",
        "System.Memory",
        "System.Runtime.CompilerServices.Unsafe",
        "System.Text.Encodings.Web",
        "System.Text.Json",
        "System.Threading.Tasks.Extensions",
    ];

    /// <summary>What .NET itself brings: the assemblies beside System.Private.CoreLib.</summary>
    private static readonly HashSet<string> Framework =
    [
        .. Directory.GetFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "*.dll")
            .Select(path => Path.GetFileNameWithoutExtension(path)),
    ];

    [Fact]
    public void Core_refers_to_its_packages_and_the_framework_only_in_PowerShell_7() =>
        Assert.Empty(ReferencesBeyondFramework("net8.0", "InboundProvisioning.Core").Except(Packages));

    [Fact]
    public void Core_refers_to_its_packages_and_the_standard_only_in_Windows_PowerShell() =>
        Assert.Empty(ModuleFiles.References("net472", "InboundProvisioning.Core").Except([.. StandardPackages, "netstandard"]));

    [Fact]
    public void The_cmdlets_refer_to_Core_and_PowerShell_and_no_package_in_PowerShell_7() =>
        Assert.Empty(ReferencesBeyondFramework("net8.0", "InboundProvisioning.PowerShell")
            .Except(["InboundProvisioning.Core", "System.Management.Automation"]));

    [Fact]
    public void The_loader_refers_to_the_framework_only_in_PowerShell_7()
    {
        string[] references = ModuleFiles.References("net8.0", "InboundProvisioning.Loader");

        Assert.Empty(references.Except(Framework));
        Assert.Empty(references.Intersect(ModuleFiles.AssemblyNames("net8.0")));
    }

    [Fact]
    public void The_loader_refers_to_the_framework_only_in_Windows_PowerShell() =>
        Assert.Empty(ModuleFiles.References("net472", "InboundProvisioning.Loader").Except(["mscorlib", "System", "System.Core"]));

    private static IEnumerable<string> ReferencesBeyondFramework(string edition, string assemblyName)
    {
        string[] shipped = ModuleFiles.AssemblyNames(edition);
        return ModuleFiles.References(edition, assemblyName).Where(name => !Framework.Contains(name) || shipped.Contains(name, StringComparer.Ordinal));
    }
}
