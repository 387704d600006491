using System.IO;

namespace InboundProvisioning.ScriptHost;

/// <summary>Finds the module that the build has staged.</summary>
internal static class ModuleManifest
{
    private static readonly string Staged = Path.Combine("output", "InboundProvisioning", "InboundProvisioning.psd1");

    /// <summary>Looks in a folder and those above it.</summary>
    /// <returns>The path of the manifest, or null.</returns>
    public static string? Find(string folder)
    {
        for (DirectoryInfo? candidate = new(folder); candidate is not null; candidate = candidate.Parent)
        {
            string path = Path.Combine(candidate.FullName, Staged);
            if (File.Exists(path))
            {
                return path;
            }
        }

        return null;
    }
}
