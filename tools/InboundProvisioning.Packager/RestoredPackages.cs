using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace InboundProvisioning.Packager;

/// <summary>
/// The packages that were restored for the module. Which of them a file comes from is told by its bytes, not by what a project says: what
/// was restored and does not ship, such as a reference assembly or a version that lost against another, is then of nobody.
/// </summary>
internal sealed class RestoredPackages
{
    private static readonly string[] LibraryExtensions = [".dll", ".so", ".dylib"];

    private readonly ILookup<string, (RestoredPackage Package, string Path)> _libraries;

    private RestoredPackages(IEnumerable<(RestoredPackage Package, string Path)> libraries)
    {
        _libraries = libraries.ToLookup(static library => Path.GetFileName(library.Path), StringComparer.Ordinal);
    }

    /// <summary>Reads what NuGet has left of a restore.</summary>
    /// <param name="assetsPath">The file project.assets.json of the module's project.</param>
    /// <exception cref="PackagingFault">It is not there.</exception>
    public static RestoredPackages Read(string assetsPath)
    {
        if (!File.Exists(assetsPath))
        {
            throw new PackagingFault($"'{assetsPath}' is not there: build the module first, ./build.ps1 -Task Build, Package.");
        }

        using var assets = JsonDocument.Parse(File.ReadAllBytes(assetsPath));
        string[] roots = [.. assets.RootElement.GetProperty("packageFolders").EnumerateObject().Select(static folder => folder.Name)];
        var libraries = new List<(RestoredPackage, string)>();
        foreach (JsonProperty library in assets.RootElement.GetProperty("libraries").EnumerateObject())
        {
            if (library.Value.GetProperty("type").GetString() != "package")
            {
                continue;
            }

            string path = library.Value.GetProperty("path").GetString()!;
            string folder = roots.Select(root => Path.Combine(root, path)).FirstOrDefault(Directory.Exists)
                ?? throw new PackagingFault($"The package {library.Name} is not where it was restored: restore again, dotnet restore --force.");
            string[] files = [.. library.Value.GetProperty("files").EnumerateArray().Select(static file => file.GetString()!)];
            string[] identity = library.Name.Split('/');
            var package = new RestoredPackage(identity[0], identity[1], folder, files);
            libraries.AddRange(files.Where(IsLibrary).Select(file => (package, Path.Combine(folder, file))));
        }

        return new RestoredPackages(libraries);
    }

    /// <summary>Which package each library of a folder comes from, by its name; our own are of none.</summary>
    /// <exception cref="PackagingFault">A library is neither ours nor, byte for byte, of a package.</exception>
    public IReadOnlyDictionary<string, RestoredPackage> OriginsOf(ModuleFolder folder)
    {
        var origins = new Dictionary<string, RestoredPackage>(StringComparer.Ordinal);
        foreach (ModuleFile file in folder.Files.Where(static file => IsLibrary(file.Name) && !IsOurs(file.Name)))
        {
            origins.Add(file.Name, Find(file) ?? throw new PackagingFault(
                $"{file.Name} is of no package that was restored for the module, so nobody can say under which licence it ships."));
        }

        return origins;
    }

    private static bool IsLibrary(string path) => LibraryExtensions.Contains(Path.GetExtension(path), StringComparer.Ordinal);

    private static bool IsOurs(string path) => Path.GetFileName(path).StartsWith(ModuleManifest.ModuleName + ".", StringComparison.Ordinal);

    private RestoredPackage? Find(ModuleFile file) => _libraries[Path.GetFileName(file.Name)]
        .Where(library => new FileInfo(library.Path).Length == file.Content.Length && File.ReadAllBytes(library.Path).AsSpan().SequenceEqual(file.Content))
        .Select(static library => library.Package)
        .FirstOrDefault();
}
