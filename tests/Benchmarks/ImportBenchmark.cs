using System.Globalization;
using System.Linq;

namespace InboundProvisioning.Benchmarks;

/// <summary>Import-Module in a warm session of a process that has not imported it before.</summary>
internal static class ImportBenchmark
{
    public static void Run(int runs)
    {
        double[] milliseconds = new double[runs];
        string loaded = string.Empty;
        for (int run = 0; run < runs; run++)
        {
            string[] lines = Pwsh.Lines($$"""
                1..100 | ForEach-Object { $_ } | Out-Null
                New-Module -Name Warm { function f {} } | Import-Module
                (Measure-Command { Import-Module '{{Pwsh.ModulePath}}' }).TotalMilliseconds.ToString([cultureinfo]::InvariantCulture)
                ([AppDomain]::CurrentDomain.GetAssemblies().GetName().Name |
                    Where-Object { $_ -match '^(InboundProvisioning|CsvHelper|Microsoft\.Identity|Polly|System\.IO\.Hashing|System\.Threading\.RateLimiting)' } |
                    Sort-Object) -replace '^InboundProvisioning\.' -join ' '
                """);
            milliseconds[run] = double.Parse(lines.First(), CultureInfo.InvariantCulture);
            loaded = lines.Last();
        }

        Report.Line("Import-Module, warm", string.Create(CultureInfo.InvariantCulture, $"{Report.Median(milliseconds):F0} ms"), "90 ms");
        Report.Line("assemblies loaded by the import", loaded, "no dependency");
    }
}
