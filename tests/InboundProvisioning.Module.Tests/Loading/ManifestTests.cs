using System;
using System.Collections;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using InboundProvisioning.Module.Tests.Hosting;

namespace InboundProvisioning.Module.Tests.Loading;

/// <summary>The manifest says what the module is; it is also the one place that states the version.</summary>
public sealed class ManifestTests : IDisposable
{
    private readonly PowerShellSession _session = new(importModule: false);

    public void Dispose() => _session.Dispose();

    [Fact]
    public void The_manifest_is_valid()
    {
        PowerShellResult result = _session.Run("Test-ModuleManifest -Path $path", ("path", Repository.ModuleManifest)).ThrowIfFailed();

        Assert.Empty(result.Warnings);
        Assert.Equal("InboundProvisioning", Assert.Single(result.OutputOf<PSModuleInfo>()).Name);
    }

    [Fact]
    public void It_exports_the_cmdlets_of_the_assembly_and_nothing_else()
    {
        Hashtable manifest = Manifest();

        Assert.Equal(ModuleFiles.CmdletNames(), Strings(manifest, "CmdletsToExport").Order(StringComparer.Ordinal));
        Assert.Empty(Strings(manifest, "FunctionsToExport"));
        Assert.Empty(Strings(manifest, "AliasesToExport"));
        Assert.Empty(Strings(manifest, "VariablesToExport"));
    }

    [Fact]
    public void Every_file_that_it_names_exists()
    {
        Hashtable manifest = Manifest();
        string[] keys = ["RootModule", "FormatsToProcess", "TypesToProcess", "NestedModules", "RequiredAssemblies", "ScriptsToProcess"];

        Assert.Empty(
            from key in keys
            from file in Strings(manifest, key)
            where !File.Exists(Path.Combine(Repository.ModuleFolder, file))
            select $"{key}: {file}");
    }

    [Fact]
    public void Every_format_file_that_ships_is_named()
    {
        Assert.Equal(
            Directory.GetFiles(Repository.ModuleFolder, "*.ps1xml").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal),
            Strings(Manifest(), "FormatsToProcess").Concat(Strings(Manifest(), "TypesToProcess")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_assemblies_have_the_manifests_version()
    {
        var version = Version.Parse((string)Manifest()["ModuleVersion"]!);

        foreach (string name in new[] { "InboundProvisioning.Core", "InboundProvisioning.Loader", "InboundProvisioning.PowerShell" })
        {
            foreach (string edition in ModuleFiles.Editions)
            {
                Version built = AssemblyName.GetAssemblyName(Path.Combine(ModuleFiles.EditionFolder(edition), name + ".dll")).Version!;
                Assert.Equal(version, new Version(built.Major, built.Minor, built.Build));
            }
        }
    }

    private Hashtable Manifest() =>
        (Hashtable)Assert.Single(_session.Run(
            "[System.Management.Automation.Language.Parser]::ParseFile($path, [ref]$null, [ref]$null).EndBlock.Statements[0].PipelineElements[0].Expression.SafeGetValue()",
            ("path", Repository.ModuleManifest)).ThrowIfFailed().Output).BaseObject;

    private static string[] Strings(Hashtable manifest, string key) => manifest[key] switch
    {
        null => [],
        string text => [text],
        IEnumerable items => [.. items.Cast<string>()],
        object other => throw new InvalidOperationException($"{key} is a {other.GetType()}."),
    };
}
