using System;
using System.IO;
using System.Linq;
using System.Reflection;

namespace InboundProvisioning.Framework.Tests;

/// <summary>Where the assemblies are that these tests are about.</summary>
internal static class Folders
{
    /// <summary>The folder that holds InboundProvisioning.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>What Windows PowerShell loads.</summary>
    public static string Staged { get; } = Path.Combine(Root, "output", "InboundProvisioning", "bin", "net472");

    /// <summary>The staged assemblies that both editions load.</summary>
    public static string Shared { get; } = Path.Combine(Root, "output", "InboundProvisioning", "bin", "shared");

    /// <summary>.NET Framework 4.7.2, the lowest that the manifest takes, as reference assemblies.</summary>
    public static string Framework { get; } = Metadata("FrameworkFolder");

    /// <summary>PowerShell 5.1's own assembly, as the reference assembly that the PowerShell team publishes.</summary>
    public static string PowerShell { get; } = Metadata("PowerShellFolder");

    private static string Metadata(string key) => typeof(Folders).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key)
        .Value!;

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "InboundProvisioning.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException($"InboundProvisioning.sln was not found above '{AppContext.BaseDirectory}'.");
    }
}
