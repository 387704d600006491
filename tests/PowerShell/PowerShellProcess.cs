using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;

namespace InboundProvisioning.Tests.PowerShell;

/// <summary>Runs a script in a fresh process of the pinned PowerShell, without a profile and with nothing to read.</summary>
public static class PowerShellProcess
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Runs a script to its end.</summary>
    /// <param name="scriptPath">The script.</param>
    /// <param name="arguments">Its arguments; null for none.</param>
    /// <param name="environment">Variables that the process has beside this one's, or in their place; null for none.</param>
    /// <param name="workingFolder">Where it starts; null for the root of the repository.</param>
    /// <param name="patience">How long it may take; null for five minutes.</param>
    /// <exception cref="TimeoutException">The process does not end; it is killed.</exception>
    public static ProcessResult Run(
        string scriptPath,
        IEnumerable<string>? arguments = null,
        IReadOnlyDictionary<string, string>? environment = null,
        string? workingFolder = null,
        TimeSpan? patience = null) =>
        RunDotNet([PinnedPowerShell.Program, "-NoProfile", "-NonInteractive", "-File", scriptPath, .. arguments ?? []], environment, workingFolder, patience);

    internal static ProcessResult RunDotNet(
        IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null,
        string? workingFolder = null,
        TimeSpan? patience = null)
    {
        var start = new ProcessStartInfo(PinnedPowerShell.DotNet, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingFolder ?? PinnedPowerShell.Root,
        };
        foreach ((string name, string value) in PinnedPowerShell.Variables.Concat(environment ?? new Dictionary<string, string>()))
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(patience ?? Patience))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"dotnet {string.Join(' ', arguments)} has not ended after {patience ?? Patience}.");
        }

        return new ProcessResult(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }
}
