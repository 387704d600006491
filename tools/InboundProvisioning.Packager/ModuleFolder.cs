using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace InboundProvisioning.Packager;

/// <summary>The files of a module, in the same order everywhere.</summary>
internal sealed class ModuleFolder
{
    private ModuleFolder(IReadOnlyList<ModuleFile> files)
    {
        Files = files;
    }

    /// <summary>The files, by name.</summary>
    public IReadOnlyList<ModuleFile> Files { get; }

    /// <summary>The text of the manifest.</summary>
    public string Manifest => TextOf(ModuleManifest.FileName);

    /// <summary>The text of the module's own licence.</summary>
    public string License => TextOf("LICENSE");

    /// <summary>Reads the files of a folder.</summary>
    /// <exception cref="PackagingFault">There is no module in it.</exception>
    public static ModuleFolder Read(string folder)
    {
        if (!File.Exists(Path.Combine(folder, ModuleManifest.FileName)))
        {
            throw new PackagingFault($"There is no module in '{folder}': build it first, ./build.ps1 -Task Build, Package.");
        }

        return new ModuleFolder(
        [
            .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Select(path => new ModuleFile(Path.GetRelativePath(folder, path).Replace('\\', '/'), File.ReadAllBytes(path)))
                .OrderBy(static file => file.Name, StringComparer.Ordinal),
        ]);
    }

    private string TextOf(string name) =>
        Encoding.UTF8.GetString((Files.FirstOrDefault(file => file.Name == name) ?? throw new PackagingFault($"The module has no {name}.")).Content);
}
