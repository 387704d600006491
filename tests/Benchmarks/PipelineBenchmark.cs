using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace InboundProvisioning.Benchmarks;

/// <summary>Import-Csv into the cmdlet, beside Import-Csv alone.</summary>
internal static class PipelineBenchmark
{
    private const int Rows = 100_000;

    public static void Run(string folder, int runs)
    {
        string file = Path.Combine(folder, "pipeline.csv");
        WorkerFile.Create(file, Rows);
        Dictionary<string, double[]> seconds = Pwsh.Run($$"""
            Import-Module '{{Pwsh.ModulePath}}'
            $mapping = {{Mappings.Shortcuts}}
            foreach ($run in 0..{{runs}}) {
                $alone = Measure-Seconds { Import-Csv -LiteralPath '{{file}}' }
                $ours = Measure-Seconds { Import-Csv -LiteralPath '{{file}}' | ConvertTo-ScimBulkPayload -AttributeMapping $mapping }
                if ($run -gt 0) {
                    Write-Figure alone $alone
                    Write-Figure ours $ours
                }
            }
            """);
        double ratio = Report.Median([.. seconds["alone"].Zip(seconds["ours"], (alone, ours) => ours / alone)]);
        Report.Line(
            "Import-Csv | ConvertTo-ScimBulkPayload, 100,000",
            string.Create(CultureInfo.InvariantCulture, $"{ratio:F2} times Import-Csv | Out-Null"),
            "1.2 times");
    }
}
