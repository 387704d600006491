using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using InboundProvisioning.Module.Tests.Hosting;

namespace InboundProvisioning.Module.Tests.Loading;

/// <summary>What a plain build stages is what users get: optimized, and without a trace of the machine that built it.</summary>
public sealed class StagedBytesTests
{
    /// <summary>Our own assemblies of each edition.</summary>
    public static TheoryData<string, string> Assemblies
    {
        get
        {
            var assemblies = new TheoryData<string, string>();
            foreach (string edition in ModuleFiles.Editions)
            {
                foreach (string name in ModuleFiles.AssemblyNames(edition).Where(IsOurs))
                {
                    assemblies.Add(edition, name);
                }
            }

            return assemblies;
        }
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void An_assembly_is_optimized_in_each_configuration(string edition, string name)
    {
        using var file = new PEReader(File.OpenRead(Path.Combine(ModuleFiles.EditionFolder(edition), name + ".dll")));
        MetadataReader reader = file.GetMetadataReader();

        DebuggableAttribute.DebuggingModes[] modes = [.. DebuggingModes(reader)];

        Assert.DoesNotContain(modes, mode => mode.HasFlag(DebuggableAttribute.DebuggingModes.DisableOptimizations));
        Assert.NotEmpty(modes);
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Symbols_name_sources_from_the_root_of_the_repository(string edition, string name)
    {
        using var symbols = MetadataReaderProvider.FromPortablePdbStream(
            File.OpenRead(SymbolsOf(edition, name)));
        MetadataReader reader = symbols.GetMetadataReader();

        string[] sources = [.. reader.Documents.Select(handle => reader.GetString(reader.GetDocument(handle).Name))];

        Assert.Contains(sources, source => source.StartsWith($"/_/src/{name}/", StringComparison.Ordinal));
        Assert.DoesNotContain(sources, source => Path.IsPathFullyQualified(source) && !source.StartsWith("/_/", StringComparison.Ordinal));
    }

    // What PolySharp generates comes in another order from each process: src/Directory.Build.targets brings it into one.
    [Theory]
    [InlineData("InboundProvisioning.Core")]
    [InlineData("InboundProvisioning.PowerShell")]
    public void Generated_types_stand_in_the_order_of_their_names_and_not_in_one_of_chance(string name)
    {
        using var file = new PEReader(File.OpenRead(Path.Combine(ModuleFiles.EditionFolder("net472"), name + ".dll")));
        MetadataReader reader = file.GetMetadataReader();

        string[] types =
        [
            .. reader.TypeDefinitions.Select(reader.GetTypeDefinition)
                .Where(type => reader.GetString(type.Namespace) == "System.Diagnostics.CodeAnalysis")
                .Select(type => reader.GetString(type.Name)),
        ];

        Assert.True(types.Length > 5, string.Join(", ", types));
        Assert.Equal(types.Order(StringComparer.OrdinalIgnoreCase), types);
    }

    [Fact]
    public void No_file_of_ours_holds_a_path_of_the_machine_that_built_it()
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(home, ".nuget");
        string[] paths = [Repository.Root, home + Path.DirectorySeparatorChar, packages];
        string[] files =
        [
            .. Directory.GetFiles(Repository.ModuleFolder, "*", SearchOption.AllDirectories)
                .Where(file => Path.GetExtension(file) is not (".dll" or ".pdb") || IsOurs(Path.GetFileNameWithoutExtension(file))),
        ];

        Assert.Contains(files, file => file.EndsWith("InboundProvisioning.Core.dll", StringComparison.Ordinal));
        Assert.Empty(files.SelectMany(file => paths.Where(path => Holds(File.ReadAllBytes(file), path)).Select(path => $"{file}: {path}")));
    }

    // They do not ship; the assembly names them, and they lie where it was built.
    private static string SymbolsOf(string edition, string name)
    {
        string framework = edition == "net8.0" || name.EndsWith(".Loader", StringComparison.Ordinal) ? edition : "netstandard2.0";
        string configuration = typeof(StagedBytesTests).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        return Path.Combine(Repository.Root, "src", name, "bin", configuration, framework, name + ".pdb");
    }

    private static bool IsOurs(string name) => name.StartsWith("InboundProvisioning.", StringComparison.Ordinal);

    private static bool Holds(byte[] bytes, string text) =>
        bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0 || bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(text)) >= 0;

    private static IEnumerable<DebuggableAttribute.DebuggingModes> DebuggingModes(MetadataReader reader)
    {
        foreach (CustomAttributeHandle handle in reader.GetAssemblyDefinition().GetCustomAttributes())
        {
            CustomAttribute attribute = reader.GetCustomAttribute(handle);
            if (attribute.Constructor.Kind == HandleKind.MemberReference
                && reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent is { Kind: HandleKind.TypeReference } parent
                && reader.GetString(reader.GetTypeReference((TypeReferenceHandle)parent).Name) == nameof(DebuggableAttribute))
            {
                // A two-byte prolog, then the modes (ECMA-335, II.23.3).
                BlobReader value = reader.GetBlobReader(attribute.Value);
                value.ReadUInt16();
                yield return (DebuggableAttribute.DebuggingModes)value.ReadInt32();
            }
        }
    }
}
