using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace InboundProvisioning.Packager;

/// <summary>The two steps from a staged module to its packages.</summary>
internal static class Packaging
{
    /// <summary>The licences of what ships, in the folder of the module.</summary>
    public const string Notices = "THIRD-PARTY-NOTICES.txt";

    /// <summary>What ships, in the folder of the module.</summary>
    public const string Bill = ModuleManifest.ModuleName + ".cdx.json";

    /// <summary>The sums of the packages, in the form of sha256sum.</summary>
    public const string Sums = "SHA256SUMS";

    /// <summary>Copies a staged module, labels its manifest and adds the licences of what ships.</summary>
    /// <param name="module">The staged module.</param>
    /// <param name="packages">What was restored for it.</param>
    /// <param name="folder">Where the copy goes; what was there goes.</param>
    /// <param name="prerelease">The label of a pre-release; null for that of the manifest, if it has one.</param>
    public static void Stage(string module, RestoredPackages packages, string folder, string? prerelease)
    {
        ModuleFolder source = ModuleFolder.Read(module);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        foreach (ModuleFile file in source.Files)
        {
            Write(folder, file.Name, file.Content);
        }

        if (prerelease is not null)
        {
            Write(folder, ModuleManifest.FileName, ModuleManifest.Labelled(source.Manifest, prerelease));
        }

        ModuleFolder staged = ModuleFolder.Read(folder);
        Write(folder, Notices, ThirdPartyNotices.Write(ModuleManifest.Parse(staged.Manifest), packages.OriginsOf(staged), LicenseTexts.Read(source.License)));
    }

    /// <summary>Writes the packages of a folder that was staged.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="packages">What was restored for the module.</param>
    /// <param name="bill">The bill of materials of all that was restored, as CycloneDX's tool writes it.</param>
    /// <param name="target">Where the packages go; what was there goes.</param>
    /// <param name="time">When it was built; null to leave that open.</param>
    /// <returns>The paths of what was written.</returns>
    public static IReadOnlyList<string> Pack(string folder, RestoredPackages packages, byte[] bill, string target, DateTimeOffset? time)
    {
        File.Delete(Path.Combine(folder, Bill));
        ModuleFolder staged = ModuleFolder.Read(folder);
        ModuleManifest manifest = ModuleManifest.Parse(staged.Manifest);
        byte[] shipped = BillOfMaterials.Write(bill, manifest, staged, packages.OriginsOf(staged), time);
        Write(folder, Bill, shipped);
        staged = ModuleFolder.Read(folder);

        if (Directory.Exists(target))
        {
            Directory.Delete(target, recursive: true);
        }

        string package = $"{ModuleManifest.ModuleName}.{manifest.Version}";
        ModuleFile[] made =
        [
            new(package + ".cdx.json", shipped),
            new(package + ".nupkg", PackageArchive.Write(GalleryPackage.Parts(manifest, staged))),

            // Azure Automation takes the module's name from that of the file, and wants a folder of the same name in it without one of a version:
            // https://learn.microsoft.com/powershell/module/az.automation/new-azautomationmodule
            // https://learn.microsoft.com/azure/automation/shared-resources/modules#author-modules
            new(
                ModuleManifest.ModuleName + ".zip",
                PackageArchive.Write(staged.Files.Select(static file => new ModuleFile($"{ModuleManifest.ModuleName}/{file.Name}", file.Content)))),
        ];
        foreach (ModuleFile file in made)
        {
            Write(target, file.Name, file.Content);
        }

        Write(target, Sums, ChecksumFile.Write(made));
        return [.. made.Select(static file => file.Name).Append(Sums).Select(name => Path.Combine(target, name))];
    }

    private static void Write(string folder, string name, byte[] content)
    {
        string path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
    }
}
