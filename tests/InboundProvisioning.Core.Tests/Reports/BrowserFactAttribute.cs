using System;
using System.IO;
using System.Linq;

namespace InboundProvisioning.Core.Tests.Reports;

/// <summary>A fact that takes Chromium, Node.js and the packages of tests/Report.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute()
    {
        if (Missing is not null)
        {
            Skip = Missing + " was not found: reports are not looked at in a browser.";
        }
    }

    /// <summary>The folder of the script that looks at reports.</summary>
    public static string Folder { get; } = Path.Combine(Root(), "tests", "Report");

    private static string? Missing { get; } =
        !IsProgram("node") ? "Node.js"
        : !IsProgram("chromium") && Environment.GetEnvironmentVariable("CHROMIUM_PATH") is null ? "Chromium (chromium of Debian and Ubuntu)"
        : !Directory.Exists(Path.Combine(Folder, "node_modules", "axe-core")) ? "The packages of tests/Report (npm ci --prefix tests/Report)"
        : null;

    private static bool IsProgram(string name) => !OperatingSystem.IsWindows() && (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Any(folder => File.Exists(Path.Combine(folder, name)));

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "InboundProvisioning.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? AppContext.BaseDirectory;
    }
}
