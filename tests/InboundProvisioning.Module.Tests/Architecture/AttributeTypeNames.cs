using System;
using System.Reflection.Metadata;

namespace InboundProvisioning.Module.Tests.Architecture;

/// <summary>The namespaces of the types that the arguments of an attribute name, each after a mark that tells them from texts.</summary>
internal sealed class AttributeTypeNames : ICustomAttributeTypeProvider<string>
{
    public const string Mark = "\0type ";

    // A type of the same assembly is named without the assembly: ECMA-335, II.23.3.
    public string GetTypeFromSerializedName(string name)
    {
        int end = name.LastIndexOf('.');
        return Mark + (name.Contains(',', StringComparison.Ordinal) || end < 0 ? string.Empty : name[..end]);
    }

    public PrimitiveTypeCode GetUnderlyingEnumType(string type) => PrimitiveTypeCode.Int32;

    public bool IsSystemType(string type) => type == "System.Type";

    public string GetSystemType() => "System.Type";

    public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode.ToString();

    public string GetSZArrayType(string elementType) => elementType + "[]";

    public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) =>
        reader.GetString(reader.GetTypeDefinition(handle).Name);

    public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
    {
        TypeReference type = reader.GetTypeReference(handle);
        return reader.GetString(type.Namespace) + "." + reader.GetString(type.Name);
    }
}
