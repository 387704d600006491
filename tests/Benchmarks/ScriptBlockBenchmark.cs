using System.Globalization;
using System.IO;

namespace InboundProvisioning.Benchmarks;

/// <summary>What a script block costs that the engine has to run, and what one costs that it has not.</summary>
internal static class ScriptBlockBenchmark
{
    private const int Rows = 200_000;
    private const int Scripts = 4;

    public static void Run(string folder, int runs)
    {
        string file = Path.Combine(folder, "scripts.csv");
        WorkerFile.Create(file, Rows);
        using var session = new Session();
        double[] without = new double[runs];
        double[] with = new double[runs];
        for (int run = -1; run < runs; run++)
        {
            double plain = Report.Seconds(() => Convert(Mappings.WithoutScript));
            double scripted = Report.Seconds(() => Convert(Mappings.WithFourScripts));
            if (run >= 0)
            {
                without[run] = plain;
                with[run] = scripted;
            }
        }

        double microseconds = (Report.Median(with) - Report.Median(without)) * 1e6 / (Rows * Scripts);
        Report.Line("a script block in the mapping, a call", string.Create(CultureInfo.InvariantCulture, $"{microseconds:F2} microseconds"), "2.5 microseconds");

        void Convert(string mapping) => session.Run($"ConvertTo-ScimBulkPayload -Path '{file}' -AttributeMapping {mapping} | Out-Null");
    }
}
