using System;
using System.IO;
using System.Reflection;

namespace InboundProvisioning.Module.Tests.Hosting;

/// <summary>Where the built things are.</summary>
public static class Repository
{
    /// <summary>The folder that holds InboundProvisioning.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The configuration that these tests, and so the projects they use, were built in.</summary>
    public static string Configuration { get; } =
        typeof(Repository).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    /// <summary>The staged module.</summary>
    public static string ModuleFolder { get; } = Path.Combine(Root, "output", "InboundProvisioning");

    /// <summary>The staged module's manifest.</summary>
    public static string ModuleManifest { get; } = Path.Combine(ModuleFolder, "InboundProvisioning.psd1");

    /// <summary>The output of a project.</summary>
    /// <param name="projectFolder">Such as <c>src/InboundProvisioning.Emulator</c>.</param>
    /// <param name="targetFramework">Such as <c>net10.0</c>.</param>
    /// <param name="fileName">The file in the output folder.</param>
    public static string BuiltFile(string projectFolder, string targetFramework, string fileName) =>
        Path.Combine(Root, projectFolder, "bin", Configuration, targetFramework, fileName);

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "InboundProvisioning.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"InboundProvisioning.sln was not found above '{AppContext.BaseDirectory}'.");
    }
}
