using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace InboundProvisioning.Benchmarks;

/// <summary>What a script block costs that the engine has to run.</summary>
internal static class ScriptBlockBenchmark
{
    private const int Rows = 200_000;
    private const int Scripts = 4;

    public static void Run(string folder, int runs)
    {
        string file = Path.Combine(folder, "scripts.csv");
        WorkerFile.Create(file, Rows);
        Dictionary<string, double[]> seconds = Pwsh.Run($$"""
            Import-Module '{{Pwsh.ModulePath}}'
            $plain = {{Mappings.WithoutScript}}
            $scripted = {{Mappings.WithFourScripts}}
            foreach ($run in 0..{{runs}}) {
                $without = Measure-Seconds { ConvertTo-ScimBulkPayload -Path '{{file}}' -AttributeMapping $plain }
                $with = Measure-Seconds { ConvertTo-ScimBulkPayload -Path '{{file}}' -AttributeMapping $scripted }
                if ($run -gt 0) { Write-Figure cost ($with - $without) }
            }
            """);
        double microseconds = Report.Median(seconds["cost"]) * 1e6 / (Rows * Scripts);
        Report.Line("a script block in the mapping, a call", string.Create(CultureInfo.InvariantCulture, $"{microseconds:F2} microseconds"), "1.0 microseconds");
    }
}
