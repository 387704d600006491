using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using InboundProvisioning.Module.Tests.Hosting;

namespace InboundProvisioning.Module.Tests.Loading;

/// <summary>Reads the staged assemblies without loading them.</summary>
internal static class ModuleFiles
{
    /// <summary>The editions' folders under bin.</summary>
    public static IReadOnlyList<string> Editions { get; } = ["net472", "net8.0"];

    /// <summary>The folder of assemblies that both editions load.</summary>
    public const string Shared = "shared";

    /// <summary>The names of the assemblies that ship for an edition, in order.</summary>
    public static string[] AssemblyNames(string edition) =>
    [
        .. Directory.GetFiles(EditionFolder(edition), "*.dll")
            .Select(path => Path.GetFileNameWithoutExtension(path))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The names of the assemblies that an assembly refers to, in order.</summary>
    public static string[] References(string edition, string assemblyName) => Read(
        edition,
        assemblyName,
        reader => reader.AssemblyReferences.Select(handle => reader.GetString(reader.GetAssemblyReference(handle).Name)));

    /// <summary>The names of the cmdlets in the cmdlets' assembly, in order.</summary>
    public static string[] CmdletNames() => Read(
        "net8.0",
        "InboundProvisioning.PowerShell",
        reader => reader.CustomAttributes
            .Select(reader.GetCustomAttribute)
            .Where(attribute => IsCmdlet(reader, attribute))
            .Select(attribute => CmdletName(reader, attribute)));

    /// <summary>The folder of an edition's assemblies.</summary>
    public static string EditionFolder(string edition) => Path.Combine(Repository.ModuleFolder, "bin", edition);

    private static string[] Read(string edition, string assemblyName, Func<MetadataReader, IEnumerable<string>> names)
    {
        using var file = new PEReader(File.OpenRead(Path.Combine(EditionFolder(edition), assemblyName + ".dll")));
        return [.. names(file.GetMetadataReader()).Order(StringComparer.Ordinal)];
    }

    private static bool IsCmdlet(MetadataReader reader, CustomAttribute attribute) =>
        attribute.Constructor.Kind == HandleKind.MemberReference
        && reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent is { Kind: HandleKind.TypeReference } parent
        && reader.GetString(reader.GetTypeReference((TypeReferenceHandle)parent).Name) == "CmdletAttribute";

    private static string CmdletName(MetadataReader reader, CustomAttribute attribute)
    {
        // The value is a two-byte prolog and the constructor's arguments, here verb and noun (ECMA-335, II.23.3).
        BlobReader value = reader.GetBlobReader(attribute.Value);
        value.ReadUInt16();
        return $"{value.ReadSerializedString()}-{value.ReadSerializedString()}";
    }
}
