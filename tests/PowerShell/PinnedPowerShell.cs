using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;

namespace InboundProvisioning.Tests.PowerShell;

/// <summary>The PowerShell that .config/dotnet-tools.json pins. Where it is not installed yet, it is: it is never done without.</summary>
public static class PinnedPowerShell
{
    private static readonly Lazy<string> Found = new(Find, LazyThreadSafetyMode.ExecutionAndPublication);

    /// <summary>The folder that holds the tool manifest: the root of the repository.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The dotnet that runs the tests; another on the path may lack the runtime.</summary>
    public static string DotNet { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>pwsh.dll, to be started with <see cref="DotNet"/>: without the tool's own start, and whatever the working folder and the home are.</summary>
    public static string Program => Found.Value;

    /// <summary>What every PowerShell that a test starts has in its environment: it calls nobody.</summary>
    public static IReadOnlyDictionary<string, string> Variables { get; } = new Dictionary<string, string>
    {
        ["POWERSHELL_TELEMETRY_OPTOUT"] = "1",
        ["POWERSHELL_UPDATECHECK"] = "Off",
        ["NO_COLOR"] = "1",
    };

    private static string Find()
    {
        string[] ask = ["pwsh", "-NoProfile", "-NonInteractive", "-Command", "$PSHOME"];
        ProcessResult answer = PowerShellProcess.RunDotNet(ask);
        if (answer.ExitCode != 0)
        {
            ProcessResult restored = PowerShellProcess.RunDotNet(["tool", "restore"]);
            answer = restored.ExitCode == 0 ? PowerShellProcess.RunDotNet(ask) : restored;
        }

        string program = Path.Combine(answer.Output.Trim(), "pwsh.dll");
        return answer.ExitCode == 0 && File.Exists(program)
            ? program
            : throw new InvalidOperationException($"The PowerShell of .config/dotnet-tools.json does not start: {answer.Output}{answer.Error}");
    }

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, ".config", "dotnet-tools.json")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($".config/dotnet-tools.json was not found above '{AppContext.BaseDirectory}'.");
    }
}
