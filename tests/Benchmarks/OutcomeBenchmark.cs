using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace InboundProvisioning.Benchmarks;

/// <summary>Update-ProvisioningOutcome for 100,000 people, at the documented 5 calls in 10 seconds, in a process of its own.</summary>
internal static class OutcomeBenchmark
{
    private const int People = 100_000;

    public static void Run(string folder)
    {
        string state = Path.Combine(folder, "outcome.db");
        string file = Path.Combine(folder, "outcome.csv");
        WorkerFile.Create(file, People);
        using var emulator = new EmulatorProcess("--limits", "off", "--roles", "SynchronizationData-User.Upload,ProvisioningLog.Read.All");
        string prepare = SyncBenchmark.Prepare(emulator.Address);
        Pwsh.Run(prepare + SyncBenchmark.Sync(file, state, "-Initial -CallLimit 1000") + "\nWrite-Figure done 1");
        emulator.Post("/emulator/clock?advance=PT1M");
        emulator.Post("/emulator/cycle");
        Dictionary<string, double[]> figures = Pwsh.Run(prepare + $$"""
            Get-ProvisioningLog -First 1 | Out-Null
            Get-ProvisioningState '{{state}}' | Select-Object -First 1 | Out-Null
            $self = [System.Diagnostics.Process]::GetCurrentProcess()
            $idle = $self.WorkingSet64
            $watch = [System.Diagnostics.Stopwatch]::StartNew()
            $outcome = Update-ProvisioningOutcome '{{state}}' -Verbose
            Write-Figure seconds $watch.Elapsed.TotalSeconds
            Write-Figure people ($outcome.Succeeded + $outcome.Skipped + $outcome.Failed)
            Write-Figure open $outcome.Open
            $self.Refresh()
            Write-Figure memory (($self.PeakWorkingSet64 - $idle) / 1e6)
            """);
        Report.Line(
            "100,000 outcomes settled",
            FormattableString.Invariant(
                $"{figures["people"].Single():N0} people in {figures["seconds"].Single():F0} s, {figures["open"].Single():N0} open, {figures["memory"].Single():F0} MB over idle"),
            "no more calls than pages (202 s for 101 at the limit), flat memory");
    }
}
