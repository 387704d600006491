using System.Collections.Immutable;
using System.Linq;
using System.Reflection.Metadata;

namespace InboundProvisioning.Framework.Tests.References;

/// <summary>
/// The text of a signature, in which each type stands as what it is at its definition, so that two texts are equal when the signatures
/// are. The context is the arguments of the generic type that the signature is seen through, or none.
/// </summary>
internal sealed class SignatureText(AssemblySet assemblies, AssemblyFile file) : ISignatureTypeProvider<string, ImmutableArray<string>?>
{
    public string Of(MethodSignature<string> signature) =>
        $"{signature.Header} `{signature.GenericParameterCount} {signature.ReturnType}({string.Join(", ", signature.ParameterTypes)})";

    public string GetArrayType(string elementType, ArrayShape shape) =>
        $"{elementType}[{shape.Rank};{string.Join(",", shape.Sizes)};{string.Join(",", shape.LowerBounds)}]";

    public string GetByReferenceType(string elementType) => elementType + "&";

    public string GetFunctionPointerType(MethodSignature<string> signature) => "method " + Of(signature);

    public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) =>
        $"{genericType}<{string.Join(", ", typeArguments)}>";

    public string GetGenericMethodParameter(ImmutableArray<string>? genericContext, int index) => $"!!{index}";

    public string GetGenericTypeParameter(ImmutableArray<string>? genericContext, int index) =>
        genericContext is { } arguments ? arguments.ElementAt(index) : $"!{index}";

    public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) =>
        $"{unmodifiedType} {(isRequired ? "modreq" : "modopt")}({modifier})";

    public string GetPinnedType(string elementType) => elementType;

    public string GetPointerType(string elementType) => elementType + "*";

    public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode.ToString();

    public string GetSZArrayType(string elementType) => elementType + "[]";

    public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) =>
        new TypeOfFile(file, handle).ToString();

    public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) =>
        assemblies.Find(file, handle).ToString();

    public string GetTypeFromSpecification(
        MetadataReader reader, ImmutableArray<string>? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);
}
