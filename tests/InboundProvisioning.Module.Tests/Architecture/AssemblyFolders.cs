using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace InboundProvisioning.Module.Tests.Architecture;

/// <summary>
/// Reads from an assembly which folders (namespaces) have types, and which of them use which others: in base types, signatures, fields,
/// attributes and the code of methods. What the compiler writes out in place (constants) leaves no trace there.
/// </summary>
internal sealed class AssemblyFolders : IDisposable
{
    // The length of each operand by its kind: ECMA-335, III.1.9. A switch has a length of its own.
    private static readonly Dictionary<short, OperandType> Operands = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value, code => code.OperandType);

    private readonly PEReader _file;
    private readonly MetadataReader _reader;
    private readonly string _root;
    private readonly SortedSet<string> _folders = new(StringComparer.Ordinal);
    private readonly HashSet<(string From, string To)> _arrows = [];
    private readonly TypeNames _names = new();
    private string _current = string.Empty;

    private AssemblyFolders(string path, string root)
    {
        _file = new PEReader(File.OpenRead(path));
        _reader = _file.GetMetadataReader();
        _root = root;
    }

    /// <summary>The folders that hold types.</summary>
    public IReadOnlyCollection<string> Folders => _folders;

    /// <summary>Which folder uses which other.</summary>
    public IReadOnlyCollection<(string From, string To)> Arrows => _arrows;

    /// <summary>Reads an assembly.</summary>
    /// <param name="path">The file.</param>
    /// <param name="root">The namespace of the files in the root folder.</param>
    public static AssemblyFolders Read(string path, string root)
    {
        var folders = new AssemblyFolders(path, root);
        foreach (TypeDefinitionHandle handle in folders._reader.TypeDefinitions)
        {
            folders.ReadType(handle);
        }

        return folders;
    }

    public void Dispose() => _file.Dispose();

    /// <summary>The folder of a namespace; null for one of another project, or that the compiler has made.</summary>
    public static string? FolderOf(string root, string name) =>
        name == root ? "(root)"
        : name.StartsWith(root + ".", StringComparison.Ordinal) ? name[(root.Length + 1)..].Replace('.', '/')
        : null;

    private void ReadType(TypeDefinitionHandle handle)
    {
        TypeDefinition type = _reader.GetTypeDefinition(handle);
        if (FolderOf(_root, TypeNames.NamespaceOf(_reader, handle)) is not string folder)
        {
            return;
        }

        _current = folder;
        _folders.Add(folder);
        Use(type.BaseType);
        Use(type.GetCustomAttributes());
        foreach (InterfaceImplementationHandle implemented in type.GetInterfaceImplementations())
        {
            Use(_reader.GetInterfaceImplementation(implemented).Interface);
        }

        Use(type.GetGenericParameters());
        foreach (FieldDefinition field in type.GetFields().Select(_reader.GetFieldDefinition))
        {
            Use(field.DecodeSignature(_names, null));
            Use(field.GetCustomAttributes());
        }

        foreach (PropertyDefinition property in type.GetProperties().Select(_reader.GetPropertyDefinition))
        {
            Use(property.GetCustomAttributes());
        }

        foreach (MethodDefinition method in type.GetMethods().Select(_reader.GetMethodDefinition))
        {
            ReadMethod(method);
        }
    }

    private void ReadMethod(MethodDefinition method)
    {
        Use(method.DecodeSignature(_names, null));
        Use(method.GetCustomAttributes());
        Use(method.GetGenericParameters());
        foreach (ParameterHandle parameter in method.GetParameters())
        {
            Use(_reader.GetParameter(parameter).GetCustomAttributes());
        }

        if (method.RelativeVirtualAddress == 0)
        {
            return;
        }

        MethodBodyBlock body = _file.GetMethodBody(method.RelativeVirtualAddress);
        if (!body.LocalSignature.IsNil)
        {
            Use(_reader.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(_names, null).SelectMany(static names => names));
        }

        foreach (ExceptionRegion region in body.ExceptionRegions.Where(static region => region.Kind == ExceptionRegionKind.Catch))
        {
            Use(region.CatchType);
        }

        ReadCode(body.GetILReader());
    }

    private void ReadCode(BlobReader code)
    {
        while (code.RemainingBytes > 0)
        {
            int first = code.ReadByte();
            short value = first == 0xFE ? (short)(0xFE00 | code.ReadByte()) : (short)first;
            switch (Operands[value])
            {
                case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType:
                    Use(MetadataTokens.EntityHandle(code.ReadInt32()));
                    break;
                case OperandType.InlineSwitch:
                    int targets = code.ReadInt32();
                    code.Offset += 4 * targets;
                    break;
                case OperandType kind:
                    code.Offset += kind switch
                    {
                        OperandType.InlineNone => 0,
                        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                        OperandType.InlineVar => 2,
                        OperandType.InlineI8 or OperandType.InlineR => 8,
                        _ => 4,
                    };
                    break;
            }
        }
    }

    private void Use(EntityHandle handle)
    {
        if (handle.IsNil)
        {
            return;
        }

        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition or HandleKind.TypeReference or HandleKind.TypeSpecification:
                Use(_names.Of(_reader, handle));
                break;
            case HandleKind.MethodDefinition:
                Use(_reader.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType());
                break;
            case HandleKind.FieldDefinition:
                Use(_reader.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType());
                break;
            case HandleKind.MethodSpecification:
                MethodSpecification generic = _reader.GetMethodSpecification((MethodSpecificationHandle)handle);
                Use(generic.Method);
                Use(generic.DecodeSignature(_names, null).SelectMany(static names => names));
                break;
            case HandleKind.MemberReference:
                MemberReference member = _reader.GetMemberReference((MemberReferenceHandle)handle);
                Use(member.Parent);
                if (member.GetKind() == MemberReferenceKind.Method)
                {
                    Use(member.DecodeMethodSignature(_names, null));
                }
                else
                {
                    Use(member.DecodeFieldSignature(_names, null));
                }

                break;
        }
    }

    private void Use(MethodSignature<ImmutableHashSet<string>> signature)
    {
        Use(signature.ReturnType);
        Use(signature.ParameterTypes.SelectMany(static names => names));
    }

    private void Use(CustomAttributeHandleCollection attributes)
    {
        foreach (CustomAttribute attribute in attributes.Select(_reader.GetCustomAttribute))
        {
            Use(attribute.Constructor);
            CustomAttributeValue<string> value = attribute.DecodeValue(new AttributeTypeNames());
            Use(value.FixedArguments.Select(static argument => argument.Value).Concat(value.NamedArguments.Select(static argument => argument.Value))
                .OfType<string>().Where(static text => text.StartsWith(AttributeTypeNames.Mark, StringComparison.Ordinal))
                .Select(static text => text[AttributeTypeNames.Mark.Length..]));
        }
    }

    private void Use(GenericParameterHandleCollection parameters)
    {
        foreach (GenericParameterConstraintHandle constraint in parameters.SelectMany(parameter => _reader.GetGenericParameter(parameter).GetConstraints()))
        {
            Use(_reader.GetGenericParameterConstraint(constraint).Type);
        }
    }

    private void Use(IEnumerable<string> namespaces)
    {
        foreach (string name in namespaces)
        {
            if (FolderOf(_root, name) is string folder && folder != _current)
            {
                _arrows.Add((_current, folder));
            }
        }
    }
}
