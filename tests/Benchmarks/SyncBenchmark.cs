using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace InboundProvisioning.Benchmarks;

/// <summary>
/// Sync-InboundProvisioning: deciding on people of whom none has changed beside the plain conversion of the same file, memory, the size of
/// the state, a night of a small company from the start of the process to its exit, and with --full 100,000 changed people at the documented limits.
/// </summary>
internal static class SyncBenchmark
{
    private const int Many = 1_000_000;
    private const int Few = 20_000;
    private const int Changed = 100_000;
    private const string Limits =
        "-DisableLimit Unlimited -MissingLimit Unlimited -ShrinkLimit Unlimited -CreateLimit Unlimited -ClearLimit Unlimited -AttributeChangeLimit Unlimited -UserNameChangeLimit Unlimited";

    public static void Run(string folder, int runs, bool full)
    {
        string file = Path.Combine(folder, "sync.csv");
        WorkerFile.Create(file, Many);
        using (var emulator = new EmulatorProcess("--limits", "off"))
        {
            Decide(folder, file, runs, emulator.Address);
            Fingerprints(folder, file, emulator.Address);
        }

        Night(folder, runs);
        if (full)
        {
            SendAll(folder);
        }
    }

    private static void Decide(string folder, string file, int runs, string address)
    {
        string state = Path.Combine(folder, "sync.db");
        Pwsh.Run(Prepare(address) + Sync(file, state, "-Baseline") + "\nWrite-Figure done 1");
        Line("state of 1,000,000 people, records", $"{new FileInfo(state).Length / (double)Many:F0} bytes a person", "400");

        // The two beside each other in one process, and each alone for its memory.
        Dictionary<string, double[]> seconds = Pwsh.Run(Prepare(address) + $$"""
            {{Sync(file, state)}}
            foreach ($run in 1..{{runs}}) {
                Write-Figure plain (Measure-Seconds { ConvertTo-ScimBulkPayload -Path '{{file}}' -AttributeMapping {{Mappings.Shortcuts}} })
                Write-Figure sync (Measure-Seconds { {{Sync(file, state)}} })
            }
            """);
        double plain = Report.Median(seconds["plain"]);
        double sync = Report.Median(seconds["sync"]);
        Line("1,000,000 unchanged people decided", $"{sync:F2} s, conversion {plain:F2} s: {sync / plain:F2} times", "2 times");
        double memory = Pwsh.Run(Prepare(address) + $$"""
            1..100 | ForEach-Object { $_ } | Out-Null
            $self = [System.Diagnostics.Process]::GetCurrentProcess()
            $idle = $self.WorkingSet64
            {{Sync(file, state)}}
            $self.Refresh()
            Write-Figure memory (($self.PeakWorkingSet64 - $idle) / 1e6)
            """)["memory"].Single();
        Line("memory, 1,000,000 unchanged people", $"{memory:F0} MB over the idle session", $"{64 + (64 * Many / 1e6):F0} MB");
        seconds = Pwsh.Run(Prepare(address) + $$"""
            Write-Figure all (Measure-Seconds { Get-ProvisioningState '{{state}}' })
            Write-Figure report (Measure-Seconds { Export-ProvisioningReport '{{Path.Combine(folder, "sync.html")}}' -StatePath '{{state}}' -Force })
            """);
        Line("1,000,000 people of a state", $"Get-ProvisioningState {seconds["all"].Single():F1} s, report of a night {seconds["report"].Single():F1} s", "streamed");
        File.Delete(state);
        File.Delete(state + ".copy1");
    }

    private static void Fingerprints(string folder, string file, string address)
    {
        string state = Path.Combine(folder, "fingerprints.db");
        Pwsh.Run(Prepare(address) + Sync(file, state, "-Baseline -StateContent Fingerprint") + "\nWrite-Figure done 1");
        Line("state of 1,000,000 people, fingerprints", $"{new FileInfo(state).Length / (double)Many:F0} bytes a person", "150");
        File.Delete(state);
        File.Delete(state + ".copy1");
    }

    private static void Night(string folder, int runs)
    {
        string state = Path.Combine(folder, "night.db");
        string file = Path.Combine(folder, "night.csv");
        WorkerFile.Create(file, Few);
        using var emulator = new EmulatorProcess("--limits", "off");
        Pwsh.Run(Prepare(emulator.Address) + Sync(file, state, "-Initial") + "\nWrite-Figure done 1");
        double[] seconds = new double[runs];
        double[] alone = new double[runs];
        for (int run = 0; run < runs; run++)
        {
            Change(file, people: 50, run);
            string script = "$ProgressPreference = 'SilentlyContinue'\n" + Prepare(emulator.Address) + $"exit ({Sync(file, state).Replace("| Out-Null", string.Empty, StringComparison.Ordinal)}).ExitCode";
            seconds[run] = Report.Seconds(() => Pwsh.Lines(script));
            alone[run] = Report.Seconds(() => Pwsh.Lines("exit 0"));
        }

        Line("a night of 20,000 people with 50 changes", $"{Report.Median(seconds):F2} s (pwsh alone: {Report.Median(alone):F2} s)", "2 s");
    }

    private static void SendAll(string folder)
    {
        string state = Path.Combine(folder, "send.db");
        string file = Path.Combine(folder, "send.csv");
        WorkerFile.Create(file, Changed);
        using var emulator = new EmulatorProcess("--latency-ms", "300", "--calls-per-day", "10000");
        Pwsh.Run(Prepare(emulator.Address) + Sync(file, state, "-Baseline") + "\nWrite-Figure done 1");
        Change(file, Changed, run: 1);
        Dictionary<string, double[]> figures = Pwsh.Run(Prepare(emulator.Address) + $$"""
            $self = [System.Diagnostics.Process]::GetCurrentProcess()
            $idle = $self.WorkingSet64
            Write-Figure seconds (Measure-Seconds { {{Sync(file, state)}} })
            $self.Refresh()
            Write-Figure memory (($self.PeakWorkingSet64 - $idle) / 1e6)
            """);
        Line(
            "100,000 changed people sent, 300 ms",
            $"{figures["seconds"].Single():F0} s, {emulator.Get("/emulator/requests").GetProperty("refusedCalls").GetInt32()} refused, {figures["memory"].Single():F0} MB over idle",
            "255 s (250 is the floor)");
    }

    // Another title for the first people.
    private static void Change(string file, int people, int run)
    {
        string[] lines = File.ReadAllLines(file);
        int column = Array.IndexOf(lines[0].Split(','), "CostCenter");
        for (int i = 1; i <= people; i++)
        {
            string[] fields = lines[i].Split(',');
            fields[column] = string.Create(CultureInfo.InvariantCulture, $"C{run}-{i}");
            lines[i] = string.Join(',', fields);
        }

        File.WriteAllLines(file, lines);
    }

    internal static string Prepare(string address) => $"""
        Import-Module '{Pwsh.ModulePath}'
        {EmulatorProcess.ConnectScript(address)}

        """;

    internal static string Sync(string file, string state, string more = "") =>
        $"Sync-InboundProvisioning -Path '{file}' -AttributeMapping {Mappings.Shortcuts} -StatePath '{state}' -DailyCallLimit 100000 {Limits} {more} | Out-Null";

    private static void Line(string figure, FormattableString measured, string goal) => Report.Line(figure, FormattableString.Invariant(measured), goal);

    private static void Line(string figure, FormattableString measured, FormattableString goal) => Line(figure, measured, FormattableString.Invariant(goal));
}
