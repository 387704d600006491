#if NETFRAMEWORK
using System;
using System.IO;
using System.Reflection;

namespace InboundProvisioning.Loader;

/// <summary>
/// Windows PowerShell has no load contexts: this answers what the runtime could not find, and only when the question comes
/// from an assembly of the module's folder, so that no other module is ever handed one of our assemblies.
/// </summary>
internal static class ModuleAssemblyResolver
{
    private static string _folder = string.Empty;

    public static void Register(string folder)
    {
        _folder = folder;
        AppDomain.CurrentDomain.AssemblyResolve += Resolve;
    }

    private static Assembly? Resolve(object sender, ResolveEventArgs args)
    {
        if (args.RequestingAssembly is not { IsDynamic: false } requester || !IsOurs(requester))
        {
            return null;
        }

        string path = Path.Combine(_folder, new AssemblyName(args.Name).Name + ".dll");

        // LoadFrom, as for the cmdlets' assembly: LoadFile would make a second copy of what the runtime has found by itself
        // beside the requester, and the types of the two would differ.
        return File.Exists(path) ? Assembly.LoadFrom(path) : null;
    }

    private static bool IsOurs(Assembly assembly) =>
        assembly.Location is { Length: > 0 } location
        && string.Equals(Path.GetDirectoryName(location), _folder, StringComparison.OrdinalIgnoreCase);
}
#endif
