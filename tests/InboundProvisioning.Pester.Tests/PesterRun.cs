using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.Json;
using System.Threading;

using InboundProvisioning.Tests.PowerShell;

namespace InboundProvisioning.Pester.Tests;

/// <summary>Runs the Pester files, each in a session of its own, in as many PowerShell processes as there are cores.</summary>
internal static class PesterRun
{
    // What they run stands elsewhere.
    private static readonly string[] ShortAndSlow = ["HelpExamples.Tests.ps1", "Quickstart.Tests.ps1"];

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
        DirectoryInfo folder = Directory.CreateTempSubdirectory("pester");
        try
        {
            // The longest first: the last one is then not waited for alone.
            string list = Path.Combine(folder.FullName, "list.txt");
            File.WriteAllLines(list, Files.OrderBy(file => !ShortAndSlow.Contains(file)).ThenByDescending(file => new FileInfo(PathOf(file)).Length).Select(PathOf));
            string[] ends = [.. Enumerable.Range(0, Environment.ProcessorCount).AsParallel().WithDegreeOfParallelism(Environment.ProcessorCount).Select(_ => RunProcess(list, folder.FullName))];
            return [.. Files.SelectMany(file => ResultsOf(Path.Combine(folder.FullName, file + ".jsonl"), ends).Select(test => (file, test)))];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>How a process ended that ran files until none was left.</summary>
    private static string RunProcess(string list, string folder)
    {
        try
        {
            ProcessResult result = PowerShellProcess.Run(
                Path.Combine(AppContext.BaseDirectory, "Invoke-Files.ps1"),
                ["-Pester", Metadata("Pester"), "-List", list, "-ResultFolder", folder],

                // Scripts that build do so in the configuration of these tests: they find all of it built.
                new Dictionary<string, string> { ["Configuration"] = Configuration },
                patience: TimeSpan.FromMinutes(12));
            return $"exit code {result.ExitCode}\n{result.Output}{result.Error}";
        }
        catch (TimeoutException exception)
        {
            return exception.Message;
        }
    }

    private static PesterTest[] ResultsOf(string path, string[] ends)
    {
        PesterTest[] tests = File.Exists(path)
            ? [.. File.ReadLines(path).Where(line => line.Length > 0).Select(line => JsonSerializer.Deserialize<PesterTest>(line)!)]
            : [];
        return tests.Length > 0 ? tests : [new PesterTest("the file as a whole", "Failed", "It has no results. " + string.Join('\n', ends))];
    }

    private static string PathOf(string file) => Path.Combine(PinnedPowerShell.Root, "tests", "Pester", file);

    private static string Configuration => typeof(PesterRun).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    private static string Metadata(string key) =>
        typeof(PesterRun).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
