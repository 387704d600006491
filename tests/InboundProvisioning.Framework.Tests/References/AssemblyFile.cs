using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace InboundProvisioning.Framework.Tests.References;

/// <summary>The metadata of one assembly: its types and those that it forwards.</summary>
internal sealed class AssemblyFile
{
    private readonly Dictionary<string, TypeDefinitionHandle> _types = [];
    private readonly Dictionary<string, ExportedType> _forwarded = [];

    private AssemblyFile(MetadataReader reader)
    {
        Reader = reader;
        AssemblyDefinition definition = reader.GetAssemblyDefinition();
        Name = reader.GetString(definition.Name);
        Version = definition.Version;
        foreach (TypeDefinitionHandle handle in reader.TypeDefinitions)
        {
            _types[FullName(handle)] = handle;
        }

        foreach (ExportedTypeHandle handle in reader.ExportedTypes)
        {
            ExportedType type = reader.GetExportedType(handle);
            _forwarded[FullName(type)] = type;
        }
    }

    public MetadataReader Reader { get; }

    public string Name { get; }

    public Version Version { get; }

    /// <summary>Reads a file; a native one gives none, and a part of another assembly neither.</summary>
    public static AssemblyFile? TryRead(string path)
    {
        using var image = new PEReader(File.OpenRead(path));
        return image.HasMetadata && image.GetMetadataReader().IsAssembly ? Of(image.GetMetadata().GetContent()) : null;
    }

    /// <summary>Takes the bytes of an assembly's metadata.</summary>
    public static AssemblyFile Of(ImmutableArray<byte> metadata) =>
        new(MetadataReaderProvider.FromMetadataImage(metadata).GetMetadataReader());

    public bool TryFind(string fullName, out TypeDefinitionHandle type) => _types.TryGetValue(fullName, out type);

    /// <summary>The assembly to which a type has moved.</summary>
    public AssemblyReference? ForwardOf(string fullName)
    {
        if (!_forwarded.TryGetValue(fullName, out ExportedType type))
        {
            return null;
        }

        while (type.Implementation.Kind == HandleKind.ExportedType)
        {
            type = Reader.GetExportedType((ExportedTypeHandle)type.Implementation);
        }

        return type.Implementation.Kind == HandleKind.AssemblyReference
            ? Reader.GetAssemblyReference((AssemblyReferenceHandle)type.Implementation)
            : null;
    }

    public string FullName(TypeDefinitionHandle handle)
    {
        TypeDefinition type = Reader.GetTypeDefinition(handle);
        TypeDefinitionHandle outer = type.GetDeclaringType();
        return outer.IsNil ? Join(type.Namespace, type.Name) : FullName(outer) + "+" + Reader.GetString(type.Name);
    }

    public string FullName(TypeReferenceHandle handle)
    {
        TypeReference type = Reader.GetTypeReference(handle);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? FullName((TypeReferenceHandle)type.ResolutionScope) + "+" + Reader.GetString(type.Name)
            : Join(type.Namespace, type.Name);
    }

    private string FullName(ExportedType type) => type.Implementation.Kind == HandleKind.ExportedType
        ? FullName(Reader.GetExportedType((ExportedTypeHandle)type.Implementation)) + "+" + Reader.GetString(type.Name)
        : Join(type.Namespace, type.Name);

    private string Join(StringHandle space, StringHandle name) =>
        space.IsNil ? Reader.GetString(name) : Reader.GetString(space) + "." + Reader.GetString(name);
}
