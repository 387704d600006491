#if !NETFRAMEWORK
using System;
using System.IO;
using System.Reflection;
using System.Runtime.Loader;

namespace InboundProvisioning.Loader;

/// <summary>
/// The module's own load context: an assembly that lies in the module's folder comes from there, whatever the session has
/// loaded already; any other is the session's (the framework, System.Management.Automation, this loader).
/// </summary>
internal sealed class ModuleLoadContext : AssemblyLoadContext
{
    private readonly string _folder;

    public ModuleLoadContext(string folder)
        : base("InboundProvisioning", isCollectible: false)
    {
        _folder = folder;
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        Assembly self = typeof(ModuleLoadContext).Assembly;
        if (string.Equals(assemblyName.Name, self.GetName().Name, StringComparison.OrdinalIgnoreCase))
        {
            return self;
        }

        string path = Path.Combine(_folder, assemblyName.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }

}
#endif
