using System;
using System.Globalization;
using System.IO;
using System.Linq;

namespace InboundProvisioning.Benchmarks;

/// <summary>Measures the figures that the module promises and prints one line a figure, beside its goal.</summary>
internal static class Program
{
    private const int Runs = 5;

    private static int Main(string[] arguments)
    {
        switch (arguments)
        {
            case ["--memory-of", string file, string target]:
                return MemoryBenchmark.RunChild(file, target);
            case ["--read-logs", string address, string kind]:
                return LogBenchmark.RunChild(address, kind);
            case ["--import-time"]:
                return ImportBenchmark.RunChild();
            case ["create", string rows, string path]:
                WorkerFile.Create(path, int.Parse(rows, CultureInfo.InvariantCulture));
                return 0;
        }

        string[] names = arguments.Where(argument => !argument.StartsWith('-')).ToArray();
        bool full = arguments.Contains("--full");

        // TMPDIR (TEMP on Windows) chooses the disk.
        string folder = Directory.CreateTempSubdirectory("InboundProvisioning.Benchmarks-").FullName;
        try
        {
            Console.WriteLine($"{Environment.ProcessorCount} cores, .NET {Environment.Version}, median of {Runs} runs\n");
            Measure("convert", () => ConversionBenchmark.Run(folder, Runs));
            Measure("script", () => ScriptBlockBenchmark.Run(folder, Runs));
            Measure("pipeline", () => PipelineBenchmark.Run(folder, Runs));
            Measure("import", () => ImportBenchmark.Run(Runs));
            Measure("send", SendBenchmark.Run);
            Measure("logs", LogBenchmark.Run);
            Measure("memory", () => MemoryBenchmark.Run(folder, full));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        void Measure(string name, Action run)
        {
            if (names.Length == 0 || names.Contains(name))
            {
                run();
            }
        }
    }
}
