using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace InboundProvisioning.Framework.Tests.References;

/// <summary>Follows every reference of an assembly: to assemblies, types, methods and fields.</summary>
internal sealed class ReferenceCheck(AssemblySet assemblies)
{
    /// <summary>What an assembly refers to and cannot get.</summary>
    /// <returns>A line for each finding, in order.</returns>
    public IReadOnlyList<string> Findings(AssemblyFile file)
    {
        MetadataReader reader = file.Reader;
        var findings = new SortedSet<string>(StringComparer.Ordinal);
        foreach (AssemblyReferenceHandle handle in reader.AssemblyReferences)
        {
            Try(() => assemblies.Find(file, handle));
        }

        foreach (TypeReferenceHandle handle in reader.TypeReferences)
        {
            Try(() => assemblies.Find(file, handle));
        }

        foreach (MemberReferenceHandle handle in reader.MemberReferences)
        {
            Try(() => Follow(file, reader.GetMemberReference(handle)));
        }

        return [.. findings];

        void Try(Action follow)
        {
            try
            {
                follow();
            }
            catch (ReferenceFault fault)
            {
                findings.Add($"{file.Name}: {fault.Message}");
            }
        }
    }

    private void Follow(AssemblyFile file, MemberReference member)
    {
        if (TypeOf(file, member.Parent) is not { } declaring)
        {
            return;
        }

        var texts = new SignatureText(assemblies, file);
        string name = file.Reader.GetString(member.Name);
        string signature = member.GetKind() == MemberReferenceKind.Method
            ? texts.Of(member.DecodeMethodSignature(texts, null))
            : member.DecodeFieldSignature(texts, null);

        // A member may be inherited; what it is made of is then seen through the arguments that the derived type gives its base.
        (TypeOfFile Type, ImmutableArray<string>? Arguments)? type = (declaring, null);
        while (type is { } one)
        {
            if (Members(one.Type, one.Arguments, member.GetKind(), name).Contains(signature))
            {
                return;
            }

            type = BaseOf(one.Type, one.Arguments);
        }

        throw new ReferenceFault($"member {declaring}.{name} {signature}: there is none");
    }

    private IEnumerable<string> Members(TypeOfFile type, ImmutableArray<string>? arguments, MemberReferenceKind kind, string name)
    {
        MetadataReader reader = type.File.Reader;
        var texts = new SignatureText(assemblies, type.File);
        return kind == MemberReferenceKind.Method
            ? type.Definition.GetMethods().Select(reader.GetMethodDefinition)
                .Where(method => reader.StringComparer.Equals(method.Name, name))
                .Select(method => texts.Of(method.DecodeSignature(texts, arguments)))
            : type.Definition.GetFields().Select(reader.GetFieldDefinition)
                .Where(field => reader.StringComparer.Equals(field.Name, name))
                .Select(field => field.DecodeSignature(texts, arguments));
    }

    private (TypeOfFile Type, ImmutableArray<string>? Arguments)? BaseOf(TypeOfFile type, ImmutableArray<string>? arguments)
    {
        EntityHandle handle = type.Definition.BaseType;
        if (handle.IsNil || TypeOf(type.File, handle) is not { } found)
        {
            return null;
        }

        if (handle.Kind != HandleKind.TypeSpecification)
        {
            return (found, null);
        }

        MetadataReader reader = type.File.Reader;
        BlobReader blob = reader.GetBlobReader(reader.GetTypeSpecification((TypeSpecificationHandle)handle).Signature);
        blob.ReadSignatureTypeCode();
        blob.ReadCompressedInteger();
        blob.ReadTypeHandle();
        var decoder = new SignatureDecoder<string, ImmutableArray<string>?>(new SignatureText(assemblies, type.File), reader, arguments);
        var given = new string[blob.ReadCompressedInteger()];
        for (int i = 0; i < given.Length; i++)
        {
            given[i] = decoder.DecodeType(ref blob);
        }

        return (found, [.. given]);
    }

    // None where the runtime itself makes the members: those of arrays.
    private TypeOfFile? TypeOf(AssemblyFile file, EntityHandle handle) => handle.Kind switch
    {
        HandleKind.TypeDefinition => new TypeOfFile(file, (TypeDefinitionHandle)handle),
        HandleKind.TypeReference => assemblies.Find(file, (TypeReferenceHandle)handle),
        HandleKind.TypeSpecification => TypeOf(file, file.Reader.GetTypeSpecification((TypeSpecificationHandle)handle)),
        HandleKind.MethodDefinition =>
            new TypeOfFile(file, file.Reader.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType()),
        _ => throw new NotSupportedException($"A member of {handle.Kind}."),
    };

    // II.23.2.12 and II.23.2.14 of ECMA-335: GENERICINST, CLASS or VALUETYPE, the type.
    private TypeOfFile? TypeOf(AssemblyFile file, TypeSpecification specification)
    {
        BlobReader blob = file.Reader.GetBlobReader(specification.Signature);
        if (blob.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
        {
            return null;
        }

        blob.ReadCompressedInteger();
        return TypeOf(file, blob.ReadTypeHandle());
    }
}
