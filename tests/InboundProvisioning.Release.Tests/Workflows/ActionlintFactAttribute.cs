using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace InboundProvisioning.Release.Tests.Workflows;

/// <summary>A fact that takes Node.js and the packages of tests/Workflows.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ActionlintFactAttribute : FactAttribute
{
    private static readonly string Program = Path.Combine(
        Repository.Root, "tests", "Workflows", "node_modules", "@tktco", "node-actionlint", "bin", "node-actionlint.js");

    public ActionlintFactAttribute()
    {
        if (!IsNodeThere())
        {
            Skip = "Node.js was not found: actionlint does not look at the workflows.";
        }
        else if (!File.Exists(Program))
        {
            Skip = "The packages of tests/Workflows (npm ci --prefix tests/Workflows --ignore-scripts) were not found: actionlint does not look at the workflows.";
        }
    }

    /// <summary>Looks at the workflows.</summary>
    public static (int ExitCode, string Output) Run()
    {
        using Process process = Process.Start(new ProcessStartInfo("node", [Program])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Repository.Root,
        })!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.GetAwaiter().GetResult());
    }

    private static bool IsNodeThere() => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Any(static folder => File.Exists(Path.Combine(folder, OperatingSystem.IsWindows() ? "node.exe" : "node")));
}
