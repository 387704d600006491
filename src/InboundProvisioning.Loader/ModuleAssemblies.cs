using System;
using System.IO;
using System.Reflection;

namespace InboundProvisioning.Loader;

/// <summary>
/// Loads the module's assemblies apart from those of the session, so that other modules' versions of
/// Microsoft.Identity.Client and the like do not meet ours.
/// </summary>
public static class ModuleAssemblies
{
    private const string CmdletAssembly = "InboundProvisioning.PowerShell";

    private static readonly object Gate = new();
    private static Assembly? _cmdlets;

    /// <summary>Whether the cmdlets' assembly is loaded already.</summary>
    public static bool IsInitialized
    {
        get
        {
            lock (Gate)
            {
                return _cmdlets is not null;
            }
        }
    }

    /// <summary>Loads the cmdlets' assembly; the first call in a process decides, later ones get the same assembly.</summary>
    /// <returns>The assembly that holds the cmdlets, for <c>Import-Module -Assembly</c>.</returns>
    public static Assembly Initialize()
    {
        lock (Gate)
        {
            return _cmdlets ??= Load(Path.GetDirectoryName(typeof(ModuleAssemblies).Assembly.Location)!);
        }
    }

    /// <summary>The folder of assemblies that both editions load.</summary>
    internal static string SharedFolder(string folder) => Path.Combine(Path.GetDirectoryName(folder)!, "shared");

#if NETFRAMEWORK
    private static Assembly Load(string folder)
    {
        ModuleAssemblyResolver.Register(folder);
        return Assembly.LoadFrom(Path.Combine(folder, CmdletAssembly + ".dll"));
    }
#else
    private static Assembly Load(string folder) =>
        new ModuleLoadContext(folder).LoadFromAssemblyName(new AssemblyName(CmdletAssembly));
#endif
}
