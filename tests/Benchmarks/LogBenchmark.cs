using System;
using System.Diagnostics;
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

    public static void Run()
    {
        using var emulator = new EmulatorProcess("--limits", "off", "--roles", "ProvisioningLog.Read.All");
        emulator.Post($"/emulator/logs?count={Events}&eventsPerCycle={Events}");
        foreach (string kind in new[] { string.Empty, "-Raw", "-Summary" })
        {
            string[] figures = Report.RunSelf("--read-logs", emulator.Address, kind).Split('|');
            Report.Line(
                string.Create(CultureInfo.InvariantCulture, $"{Events:N0} log events, Get-ProvisioningLog {kind}"),
                $"{figures[0]} s, first after {figures[1]} s, {figures[2]} MB",
                kind == "-Summary" ? "flat memory" : "first after the first page, flat memory");
        }
    }

    public static int RunChild(string address, string kind)
    {
        using var session = new Session();
        session.Run($$"""
            {{EmulatorProcess.ConnectScript(address)}}
            Get-ProvisioningLog -CallLimit 1000 {{kind}} -First 1 | Out-Null
            """);
        using var self = Process.GetCurrentProcess();
        self.Refresh();
        long idle = self.WorkingSet64;
        string answer = session.Run($$"""
            $watch = [System.Diagnostics.Stopwatch]::StartNew()
            $first = $null
            $count = 0
            Get-ProvisioningLog -Last 1 -CallLimit 1000 {{kind}} | ForEach-Object { if ($count++ -eq 0) { $first = $watch.Elapsed.TotalSeconds } }
            [string]::Format([cultureinfo]::InvariantCulture, '{0:F1}|{1:F2}', $watch.Elapsed.TotalSeconds, $first)
            """).Single().ToString()!;
        self.Refresh();
        Console.WriteLine(answer + "|" + ((self.PeakWorkingSet64 - idle) / 1e6).ToString("F0", CultureInfo.InvariantCulture));
        return 0;
    }
}
