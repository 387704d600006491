using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;

namespace InboundProvisioning.Benchmarks;

/// <summary>The largest working set of a session while it converts, over that of the same session before.</summary>
internal static class MemoryBenchmark
{
    public static void Run(string folder, bool full)
    {
        foreach (int rows in full ? new[] { 10_000, 1_000_000, 10_000_000 } : new[] { 10_000, 1_000_000 })
        {
            string file = Path.Combine(folder, "memory.csv");
            string target = Path.Combine(folder, "memory");
            WorkerFile.Create(file, rows);
            string megabytes = Report.RunSelf("--memory-of", file, target);
            Directory.Delete(target, recursive: true);
            Report.Line(
                string.Create(CultureInfo.InvariantCulture, $"memory, {rows:N0} rows, file to files"),
                megabytes + " MB over the idle session",
                string.Create(CultureInfo.InvariantCulture, $"64 MB + {rows * 24L / 1_000_000} MB"));
        }
    }

    public static int RunChild(string file, string target)
    {
        using var session = new Session();
        session.Run("1..100 | ForEach-Object { $_ } | Out-Null");
        using var self = Process.GetCurrentProcess();
        long idle = self.WorkingSet64;
        session.Run($"ConvertTo-ScimBulkPayload -Path '{file}' -AttributeMapping {Mappings.Sample} -OutputDirectory '{target}' | Out-Null");
        self.Refresh();
        Console.WriteLine(((self.PeakWorkingSet64 - idle) / 1e6).ToString("F0", CultureInfo.InvariantCulture));
        return 0;
    }
}
