using System.Globalization;
using System.IO;

namespace InboundProvisioning.Benchmarks;

/// <summary>File to files with the sample mapping, beside a hand-written loop that only fills memory.</summary>
internal static class ConversionBenchmark
{
    private const int Rows = 1_000_000;
    private const int FileBytes = 38_000;

    public static void Run(string folder, int runs)
    {
        string file = Path.Combine(folder, "workers.csv");
        string target = Path.Combine(folder, "requests");
        WorkerFile.Create(file, Rows);
        using var session = new Session();
        double[] ours = new double[runs];
        double[] strings = new double[runs];
        double[] loop = new double[runs];
        double[] files = new double[runs];
        HandWrittenLoop.Run(file);
        for (int run = 0; run < runs; run++)
        {
            loop[run] = Report.Seconds(() => HandWrittenLoop.Run(file));
            ours[run] = Report.Seconds(() => session.Run(
                $"ConvertTo-ScimBulkPayload -Path '{file}' -AttributeMapping {Mappings.Sample} -OutputDirectory '{target}' | Out-Null"));
            Directory.Delete(target, recursive: true);
            files[run] = Report.Seconds(() => WriteFiles(target));
            Directory.Delete(target, recursive: true);
            strings[run] = Report.Seconds(() => session.Run($"ConvertTo-ScimBulkPayload -Path '{file}' -AttributeMapping {Mappings.Sample} | Out-Null"));
        }

        double goal = Rows / Report.Median(loop);
        Report.Line("file to files, 1,000,000 rows x 24 columns", Rate(Report.Median(ours)), string.Create(CultureInfo.InvariantCulture, $"{goal:N0} rows/s (hand-written loop, no files)"));
        Report.Line("  of which this disk needs for the files alone", Rate(Report.Median(files)), "(none)");
        Report.Line("the same to strings on the pipeline", Rate(Report.Median(strings)), "(none)");
    }

    // As many files of the same size, with nothing else done: no conversion to files can be faster on this disk.
    private static void WriteFiles(string target)
    {
        byte[] request = new byte[FileBytes];
        Directory.CreateDirectory(target);
        for (int i = 0; i < Rows / 50; i++)
        {
            string path = Path.Combine(target, i.ToString("D6", CultureInfo.InvariantCulture));
            File.WriteAllBytes(path + ".tmp", request);
            File.Move(path + ".tmp", path);
        }
    }

    private static string Rate(double seconds) => string.Create(CultureInfo.InvariantCulture, $"{Rows / seconds:N0} rows/s");
}
