using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace InboundProvisioning.Benchmarks;

/// <summary>
/// Reading 100,000 events of an emulator in a process of its own: the time, when the first object is out, and what the process grows
/// by. Without the limit of 5 calls in 10 seconds, under which 101 calls take 200 seconds.
/// </summary>
internal static class LogBenchmark
{
    private const int Events = 100_000;

    public static void Run(int runs)
    {
        using var emulator = new EmulatorProcess("--limits", "off", "--roles", "ProvisioningLog.Read.All");
        emulator.Post($"/emulator/logs?count={Events}&eventsPerCycle={Events}");
        foreach (string kind in new[] { string.Empty, "-Raw", "-Summary" })
        {
            Dictionary<string, double[]>[] figures = [.. Enumerable.Range(0, runs).Select(_ => Pwsh.Run($$"""
                Import-Module '{{Pwsh.ModulePath}}'
                {{EmulatorProcess.ConnectScript(emulator.Address)}}
                Get-ProvisioningLog -CallLimit 1000 {{kind}} -First 1 | Out-Null
                $self = [System.Diagnostics.Process]::GetCurrentProcess()
                $idle = $self.WorkingSet64
                $watch = [System.Diagnostics.Stopwatch]::StartNew()
                $first = $null
                $count = 0
                Get-ProvisioningLog -Last 1 -CallLimit 1000 {{kind}} | ForEach-Object { if ($count++ -eq 0) { $first = $watch.Elapsed.TotalSeconds } }
                Write-Figure all $watch.Elapsed.TotalSeconds
                Write-Figure first $first
                $self.Refresh()
                Write-Figure memory (($self.PeakWorkingSet64 - $idle) / 1e6)
                """))];
            Report.Line(
                string.Create(CultureInfo.InvariantCulture, $"{Events:N0} log events, Get-ProvisioningLog {kind}"),
                string.Create(CultureInfo.InvariantCulture, $"{Median("all"):F1} s, first after {Median("first"):F2} s, {Median("memory"):F0} MB"),
                kind == "-Summary" ? "flat memory" : "first after the first page, flat memory");

            double Median(string name) => Report.Median([.. figures.Select(run => run[name].Single())]);
        }
    }
}
