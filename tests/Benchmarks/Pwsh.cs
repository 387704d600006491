using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using InboundProvisioning.Tests.PowerShell;

namespace InboundProvisioning.Benchmarks;

/// <summary>The real PowerShell, of the version that the repository pins, with the staged module: what users have.</summary>
internal static class Pwsh
{
    // Write-Figure is what a script prints its figures with.
    private const string Prelude = """
        $ErrorActionPreference = 'Stop'
        $ProgressPreference = 'SilentlyContinue'
        $WarningPreference = 'SilentlyContinue'
        function Write-Figure([string] $Name, [double] $Value) { [string]::Format([cultureinfo]::InvariantCulture, '{0}|{1:R}', $Name, $Value) }
        function Measure-Seconds([scriptblock] $Work) {
            [GC]::Collect()
            $watch = [System.Diagnostics.Stopwatch]::StartNew()
            & $Work | Out-Null
            $watch.Elapsed.TotalSeconds
        }

        """;

    /// <summary>The folder that holds InboundProvisioning.sln.</summary>
    public static string Root => PinnedPowerShell.Root;

    /// <summary>The module's manifest.</summary>
    public static string ModulePath { get; set; } = Path.Combine(Root, "output", "InboundProvisioning", "InboundProvisioning.psd1");

    /// <summary>Runs a script in a fresh process.</summary>
    /// <returns>The figures that it writes, by name, in their order.</returns>
    public static Dictionary<string, double[]> Run(string script) => Lines(Prelude + script)
        .Select(line => line.Split('|'))
        .GroupBy(parts => parts[0], parts => double.Parse(parts[1], CultureInfo.InvariantCulture))
        .ToDictionary(group => group.Key, group => group.ToArray());

    /// <summary>Runs a script in a fresh process.</summary>
    /// <returns>The lines that it prints.</returns>
    public static string[] Lines(string script)
    {
        string file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".ps1");
        File.WriteAllText(file, script);
        try
        {
            return Start("-NoProfile", "-NonInteractive", "-File", file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string[] Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(PinnedPowerShell.DotNet, [PinnedPowerShell.Program, .. arguments]) { RedirectStandardOutput = true, WorkingDirectory = Root };
        foreach ((string name, string value) in PinnedPowerShell.Variables)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries)
            : throw new InvalidOperationException($"PowerShell ended with {process.ExitCode}.\n{output}");
    }
}
