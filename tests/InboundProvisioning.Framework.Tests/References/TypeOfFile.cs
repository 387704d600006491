using System.Reflection.Metadata;

namespace InboundProvisioning.Framework.Tests.References;

/// <summary>A type where it is defined.</summary>
internal sealed record TypeOfFile(AssemblyFile File, TypeDefinitionHandle Handle)
{
    public TypeDefinition Definition => File.Reader.GetTypeDefinition(Handle);

    /// <summary>The same for every assembly that refers to the type, through whatever facades.</summary>
    public override string ToString() => $"[{File.Name}]{File.FullName(Handle)}";
}
