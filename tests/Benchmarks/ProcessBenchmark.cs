using System.Globalization;
using System.IO;

namespace InboundProvisioning.Benchmarks;

/// <summary>A script from the start of pwsh to its exit: 20,000 rows to one file, as a small nightly run has it.</summary>
internal static class ProcessBenchmark
{
    private const int Rows = 20_000;

    public static void Run(string folder, int runs)
    {
        string file = Path.Combine(folder, "process.csv");
        WorkerFile.Create(file, Rows);
        string script = $"""
            $ProgressPreference = 'SilentlyContinue'
            Import-Module '{Pwsh.ModulePath}'
            ConvertTo-ScimBulkPayload -Path '{file}' -AttributeMapping '{Path.Combine(Pwsh.Root, "docs", "samples", "AttributeMapping.psd1")}' |
                Set-Content -LiteralPath '{file}.json'
            """;
        double[] alone = new double[runs];
        double[] ours = new double[runs];
        Pwsh.Lines(script);
        for (int run = 0; run < runs; run++)
        {
            alone[run] = Report.Seconds(() => Pwsh.Lines("exit 0"));
            ours[run] = Report.Seconds(() => Pwsh.Lines(script));
        }

        Report.Line(
            "whole process, 20,000 rows to one file",
            string.Create(CultureInfo.InvariantCulture, $"{Report.Median(ours):F2} s (pwsh alone: {Report.Median(alone):F2} s)"),
            "0.75 s (0.5 s of it pwsh)");
    }
}
