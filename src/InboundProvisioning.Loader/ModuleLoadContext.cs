#if !NETFRAMEWORK
using System;
using System.IO;
using System.Reflection;
using System.Runtime.Loader;

namespace InboundProvisioning.Loader;

/// <summary>
/// The module's own load context: an assembly that lies in the folder of the edition, or in that of both, comes from there, whatever
/// the session has loaded already; any other is the session's (the framework, System.Management.Automation, this loader).
/// </summary>
internal sealed class ModuleLoadContext : AssemblyLoadContext
{
    private readonly string[] _folders;

    public ModuleLoadContext(string folder)
        : base("InboundProvisioning", isCollectible: false)
    {
        _folders = [folder, ModuleAssemblies.SharedFolder(folder)];
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        Assembly self = typeof(ModuleLoadContext).Assembly;
        if (string.Equals(assemblyName.Name, self.GetName().Name, StringComparison.OrdinalIgnoreCase))
        {
            return self;
        }

        foreach (string folder in _folders)
        {
            string path = Path.Combine(folder, assemblyName.Name + ".dll");
            if (File.Exists(path))
            {
                return LoadFromAssemblyPath(path);
            }
        }

        return null;
    }
}
#endif
