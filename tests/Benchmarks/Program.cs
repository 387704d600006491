using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace InboundProvisioning.Benchmarks;

/// <summary>Measures the figures that the module promises and prints one line a figure, beside its goal.</summary>
internal static class Program
{
    private const int Runs = 5;

    private static int Main(string[] arguments)
    {
        if (arguments is ["create", string rows, string path])
        {
            WorkerFile.Create(path, int.Parse(rows, CultureInfo.InvariantCulture));
            return 0;
        }

        List<string> names = [.. arguments];
        bool full = names.Remove("--full");
        if (names.IndexOf("--module") is >= 0 and int option)
        {
            Pwsh.ModulePath = Path.GetFullPath(Path.Combine(names[option + 1], "InboundProvisioning.psd1"));
            names.RemoveRange(option, 2);
        }

        // On a memory file system where there is one: the disk is not what is measured.
        string folder = Directory.Exists("/dev/shm")
            ? Directory.CreateDirectory(Path.Combine("/dev/shm", "InboundProvisioning.Benchmarks-" + Path.GetRandomFileName())).FullName
            : Directory.CreateTempSubdirectory("InboundProvisioning.Benchmarks-").FullName;
        try
        {
            Console.WriteLine($"{Environment.ProcessorCount} cores, .NET {Environment.Version}, median of {Runs} runs, {Pwsh.ModulePath}\n");
            Measure("convert", () => ConversionBenchmark.Run(folder, Runs));
            Measure("process", () => ProcessBenchmark.Run(folder, Runs));
            Measure("script", () => ScriptBlockBenchmark.Run(folder, Runs));
            Measure("pipeline", () => PipelineBenchmark.Run(folder, Runs));
            Measure("import", () => ImportBenchmark.Run(Runs));
            Measure("send", SendBenchmark.Run);
            Measure("sync", () => SyncBenchmark.Run(folder, Runs, full));
            Measure("logs", () => LogBenchmark.Run(Runs));
            Measure("outcome", () => OutcomeBenchmark.Run(folder));
            Measure("memory", () => MemoryBenchmark.Run(folder, Runs, full));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        void Measure(string name, Action run)
        {
            if (names.Count == 0 || names.Contains(name))
            {
                run();
            }
        }
    }
}
