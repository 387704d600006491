using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;

namespace InboundProvisioning.Framework.Tests.References;

/// <summary>
/// The assemblies that a process of Windows PowerShell can get: those of the framework and of PowerShell, and those of the module's
/// folder.
/// </summary>
/// <remarks>
/// Which one answers a reference: the framework's where its version is not lower than the one asked for, because .NET Framework
/// unifies references to its own assemblies to the versions it has; otherwise the folder's, which the loader hands out by name, if its
/// version is not lower either. A lower version counts as none: it may lack what the reference was compiled against.
/// https://learn.microsoft.com/dotnet/framework/configure-apps/assembly-unification (the page says how references to lower
/// versions are unified).
/// </remarks>
internal sealed class AssemblySet
{
    private readonly Dictionary<string, AssemblyFile> _session;
    private readonly Dictionary<string, AssemblyFile> _folder;

    /// <param name="session">The framework's and PowerShell's.</param>
    /// <param name="folder">The module's.</param>
    public AssemblySet(IEnumerable<AssemblyFile> session, IEnumerable<AssemblyFile> folder)
    {
        _session = session.ToDictionary(file => file.Name, StringComparer.OrdinalIgnoreCase);
        _folder = folder.ToDictionary(file => file.Name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The assemblies in folders.</summary>
    public static IEnumerable<AssemblyFile> In(params IEnumerable<string> folders) => folders
        .SelectMany(folder => Directory.GetFiles(folder, "*.dll"))
        .Select(AssemblyFile.TryRead)
        .OfType<AssemblyFile>();

    /// <summary>The assembly that answers a reference.</summary>
    /// <exception cref="ReferenceFault">None does.</exception>
    public AssemblyFile Find(string name, Version version)
    {
        AssemblyFile? session = _session.GetValueOrDefault(name);
        AssemblyFile? folder = _folder.GetValueOrDefault(name);
        return new[] { session, folder }.FirstOrDefault(file => file?.Version >= version) ?? throw new ReferenceFault(
            $"assembly {name} {version}: " + (session, folder) switch
            {
                (null, null) => "neither the folder nor the framework has it",
                (_, null) => $"the framework has {session.Version}, the folder none",
                (null, _) => $"the folder has {folder.Version}",
                _ => $"the framework has {session.Version}, the folder {folder.Version}",
            });
    }

    /// <summary>The assembly that a reference of another means.</summary>
    public AssemblyFile Find(AssemblyFile from, AssemblyReferenceHandle handle) => Find(from, from.Reader.GetAssemblyReference(handle));

    /// <summary>The definition of a type that an assembly refers to.</summary>
    public TypeOfFile Find(AssemblyFile from, TypeReferenceHandle handle)
    {
        EntityHandle scope = from.Reader.GetTypeReference(handle).ResolutionScope;
        while (scope.Kind == HandleKind.TypeReference)
        {
            scope = from.Reader.GetTypeReference((TypeReferenceHandle)scope).ResolutionScope;
        }

        string fullName = from.FullName(handle);
        AssemblyFile file = scope.Kind == HandleKind.AssemblyReference ? Find(from, (AssemblyReferenceHandle)scope) : from;
        while (true)
        {
            if (file.TryFind(fullName, out TypeDefinitionHandle type))
            {
                return new TypeOfFile(file, type);
            }

            file = Find(file, file.ForwardOf(fullName) ?? throw new ReferenceFault($"type {fullName}: {file.Name} {file.Version} has none"));
        }
    }

    private AssemblyFile Find(AssemblyFile from, AssemblyReference reference) => Find(from.Reader.GetString(reference.Name), reference.Version);
}
