using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;

namespace InboundProvisioning.Benchmarks;

/// <summary>Import-Csv into the cmdlet, beside Import-Csv alone. Import-Csv is not in the engine's package: it takes a pwsh.</summary>
internal static class PipelineBenchmark
{
    private const int Rows = 100_000;

    public static void Run(string folder, int runs)
    {
        string file = Path.Combine(folder, "pipeline.csv");
        WorkerFile.Create(file, Rows);
        string script = Path.Combine(folder, "pipeline.ps1");
        File.WriteAllText(script, $$"""
            Import-Module '{{Session.ModulePath}}'
            $WarningPreference = 'SilentlyContinue'
            $mapping = {{Mappings.Sample}}
            foreach ($run in 0..{{runs}}) {
                $alone = (Measure-Command { Import-Csv -LiteralPath '{{file}}' | Out-Null }).TotalSeconds
                $ours = (Measure-Command { Import-Csv -LiteralPath '{{file}}' | ConvertTo-ScimBulkPayload -AttributeMapping $mapping | Out-Null }).TotalSeconds
                if ($run -gt 0) { [string]::Format([cultureinfo]::InvariantCulture, '{0} {1}', $alone, $ours) }
            }
            """);
        try
        {
            using Process shell = Process.Start(new ProcessStartInfo("pwsh", ["-NoProfile", "-File", script]) { RedirectStandardOutput = true })!;
            double[][] seconds = shell.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray()).ToArray();
            double ratio = Report.Median([.. seconds.Select(pair => pair[1] / pair[0])]);
            Report.Line("Import-Csv | ConvertTo-ScimBulkPayload", string.Create(CultureInfo.InvariantCulture, $"{ratio:F2} times Import-Csv | Out-Null"), "2 times");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Report.Line("Import-Csv | ConvertTo-ScimBulkPayload", "not measured: no pwsh on the path", "2 times");
        }
    }
}
