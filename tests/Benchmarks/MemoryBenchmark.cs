using System.Globalization;
using System.IO;
using System.Linq;

namespace InboundProvisioning.Benchmarks;

/// <summary>The largest working set of a session while it converts, over that of the same session before.</summary>
internal static class MemoryBenchmark
{
    private const int Many = 10_000_000;

    public static void Run(string folder, int runs, bool full)
    {
        foreach (int rows in full ? new[] { 10_000, 1_000_000, Many } : [10_000, 1_000_000])
        {
            string file = Path.Combine(folder, "memory.csv");
            string target = Path.Combine(folder, "memory");
            WorkerFile.Create(file, rows);
            double[] megabytes =
            [
                .. Enumerable.Range(0, rows == Many ? 1 : runs).Select(_ => Pwsh.Run($$"""
                    Import-Module '{{Pwsh.ModulePath}}'
                    1..100 | ForEach-Object { $_ } | Out-Null
                    $self = [System.Diagnostics.Process]::GetCurrentProcess()
                    $idle = $self.WorkingSet64
                    ConvertTo-ScimBulkPayload -Path '{{file}}' -AttributeMapping {{Mappings.Shortcuts}} -OutputDirectory '{{target}}' | Out-Null
                    $self.Refresh()
                    Write-Figure memory (($self.PeakWorkingSet64 - $idle) / 1e6)
                    [System.IO.Directory]::Delete('{{target}}', $true)
                    """)["memory"].Single()),
            ];
            File.Delete(file);
            Report.Line(
                string.Create(CultureInfo.InvariantCulture, $"memory, {rows:N0} rows, file to files"),
                string.Create(CultureInfo.InvariantCulture, $"{Report.Median(megabytes):F0} MB over the idle session"),
                string.Create(CultureInfo.InvariantCulture, $"64 MB{(rows == Many ? $" + {rows * 24L / 1_000_000} MB" : "")}"));
        }
    }
}
