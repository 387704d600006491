using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace InboundProvisioning.Benchmarks;

/// <summary>
/// A million rows to strings and to files, beside a hand-written loop that only fills memory. All run in turn in one process of pwsh,
/// so that they share its fortune.
/// </summary>
internal static class ConversionBenchmark
{
    private const int Rows = 1_000_000;

    public static void Run(string folder, int runs)
    {
        string file = Path.Combine(folder, "workers.csv");
        string target = Path.Combine(folder, "requests");
        WorkerFile.Create(file, Rows);
        Dictionary<string, double[]> seconds = Pwsh.Run($$"""
            Import-Module '{{Pwsh.ModulePath}}'
            Add-Type -LiteralPath '{{typeof(HandWrittenLoop).Assembly.Location}}'
            $mapping = {{Mappings.Shortcuts}}
            $sample = '{{Path.Combine(Pwsh.Root, "docs", "samples", "AttributeMapping.psd1")}}'
            foreach ($run in 0..{{runs}}) {
                $loop = Measure-Seconds { [InboundProvisioning.Benchmarks.HandWrittenLoop]::Run('{{file}}') }
                $strings = Measure-Seconds { ConvertTo-ScimBulkPayload -Path '{{file}}' -AttributeMapping $mapping }
                $files = Measure-Seconds { ConvertTo-ScimBulkPayload -Path '{{file}}' -AttributeMapping $mapping -OutputDirectory '{{target}}' }
                [System.IO.Directory]::Delete('{{target}}', $true)
                $scripts = Measure-Seconds { ConvertTo-ScimBulkPayload -Path '{{file}}' -AttributeMapping $sample }
                if ($run -gt 0) {
                    Write-Figure loop $loop
                    Write-Figure strings $strings
                    Write-Figure files $files
                    Write-Figure scripts $scripts
                }
            }
            """);
        File.Delete(file);

        double[] loop = seconds["loop"];
        Report.Line("hand-written loop, 1,000,000 rows x 24 columns", Rate(loop), "(none)");
        Line("the same to strings, shortcuts only", "strings", "at least the loop");
        Line("the same, file to files", "files", "at least the loop");
        Line("the same to strings, docs/samples mapping", "scripts", "half the loop");

        void Line(string figure, string name, string goal)
        {
            double share = Report.Median([.. loop.Zip(seconds[name], (its, ours) => its / ours)]);
            Report.Line(figure, string.Create(CultureInfo.InvariantCulture, $"{Rate(seconds[name])}, {share:F2} of the loop"), goal);
        }
    }

    private static string Rate(double[] seconds) => string.Create(CultureInfo.InvariantCulture, $"{Rows / Report.Median(seconds):N0} rows/s");
}
