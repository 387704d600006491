using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

using InboundProvisioning.Tests.PowerShell;

namespace InboundProvisioning.Pester.Tests;

/// <summary>Runs the Pester files, each in a PowerShell of its own, as many at once as there are cores.</summary>
internal static class PesterRun
{
    private static readonly Lazy<IReadOnlyList<(string File, PesterTest Test)>> Done = new(RunAll, LazyThreadSafetyMode.ExecutionAndPublication);

    /// <summary>The file names, in order.</summary>
    public static IReadOnlyList<string> Files { get; } =
    [
        .. Directory.GetFiles(Path.Combine(PinnedPowerShell.Root, "tests", "Pester"), "*.Tests.ps1").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal),
    ];

    /// <summary>What each test of each file came to; the first call runs them.</summary>
    public static IReadOnlyList<(string File, PesterTest Test)> Results => Done.Value;

    private static List<(string File, PesterTest Test)> RunAll()
    {
        string program = PinnedPowerShell.Program;
        var results = new ConcurrentDictionary<string, IReadOnlyList<PesterTest>>(StringComparer.Ordinal);

        // The longest first: the last one is then not waited for alone.
        IEnumerable<string> longestFirst = Files.OrderByDescending(file => new FileInfo(PathOf(file)).Length);
        Parallel.ForEach(
            Partitioner.Create(longestFirst, EnumerablePartitionerOptions.NoBuffering),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            file => results[file] = Run(file));
        return [.. Files.SelectMany(file => results[file].Select(test => (file, test)))];
    }

    private static PesterTest[] Run(string file)
    {
        string resultPath = Path.GetTempFileName();
        try
        {
            ProcessResult result = PowerShellProcess.Run(
                Path.Combine(AppContext.BaseDirectory, "Invoke-File.ps1"),
                ["-Pester", Metadata("Pester"), "-Path", PathOf(file), "-ResultPath", resultPath],

                // Scripts that build do so in the configuration of these tests: they find all of it built.
                new Dictionary<string, string> { ["Configuration"] = Configuration });
            PesterTest[] tests = result.ExitCode == 0
                ? [.. File.ReadLines(resultPath).Where(line => line.Length > 0).Select(line => JsonSerializer.Deserialize<PesterTest>(line)!)]
                : [];
            return tests.Length > 0
                ? tests
                : [new PesterTest("the file as a whole", "Failed", $"exit code {result.ExitCode}, {tests.Length} tests\n{result.Output}{result.Error}")];
        }
        catch (TimeoutException exception)
        {
            return [new PesterTest("the file as a whole", "Failed", exception.Message)];
        }
        finally
        {
            File.Delete(resultPath);
        }
    }

    private static string PathOf(string file) => Path.Combine(PinnedPowerShell.Root, "tests", "Pester", file);

    private static string Configuration => typeof(PesterRun).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    private static string Metadata(string key) =>
        typeof(PesterRun).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
