#if NETFRAMEWORK
using System;
using System.IO;
using System.Reflection;

namespace InboundProvisioning.Loader;

/// <summary>
/// Windows PowerShell has no load contexts: this answers what the runtime could not find, and only when the question comes
/// from an assembly of the module's folders, so that no other module is ever handed one of our assemblies.
/// </summary>
internal static class ModuleAssemblyResolver
{
    private static string[] _folders = [];

    public static void Register(string folder)
    {
        _folders = [folder, ModuleAssemblies.SharedFolder(folder)];
        AppDomain.CurrentDomain.AssemblyResolve += Resolve;
    }

    private static Assembly? Resolve(object sender, ResolveEventArgs args)
    {
        if (args.RequestingAssembly is not { IsDynamic: false } requester || !IsOurs(requester))
        {
            return null;
        }

        string name = new AssemblyName(args.Name).Name + ".dll";
        string? path = Array.Find(Array.ConvertAll(_folders, folder => Path.Combine(folder, name)), File.Exists);

        // LoadFrom, as for the cmdlets' assembly: LoadFile would make a second copy of what the runtime has found by itself
        // beside the requester, and the types of the two would differ.
        return path is null ? null : Assembly.LoadFrom(path);
    }

    private static bool IsOurs(Assembly assembly) =>
        assembly.Location is { Length: > 0 } location
        && Array.Exists(_folders, folder => string.Equals(Path.GetDirectoryName(location), folder, StringComparison.OrdinalIgnoreCase));
}
#endif
