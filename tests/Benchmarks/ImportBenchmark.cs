using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;

namespace InboundProvisioning.Benchmarks;

/// <summary>
/// Import-Module in a warm session of a process that has not imported it before: in pwsh, whose assemblies are compiled ahead of
/// time, and in the engine's package, whose are not.
/// </summary>
internal static class ImportBenchmark
{
    public static void Run(int runs)
    {
        double[] milliseconds = new double[runs];
        string loaded = string.Empty;
        for (int run = 0; run < runs; run++)
        {
            string[] answer = Report.RunSelf("--import-time").Split('|');
            milliseconds[run] = double.Parse(answer[0], CultureInfo.InvariantCulture);
            loaded = answer[1];
        }

        Report.Line("Import-Module in pwsh", InPwsh(runs), "200 ms");
        Report.Line("Import-Module in the hosted engine", string.Create(CultureInfo.InvariantCulture, $"{Report.Median(milliseconds):F0} ms"), "(none)");
        Report.Line("assemblies loaded by the import", loaded, "no dependency");
    }

    private static string InPwsh(int runs)
    {
        const string WarmUp = "1..100 | ForEach-Object { $_ } | Out-Null; New-Module -Name Warm { function f {} } | Import-Module; ";
        string script = WarmUp + $"(Measure-Command {{ Import-Module '{Session.ModulePath}' }}).TotalMilliseconds.ToString([cultureinfo]::InvariantCulture)";
        try
        {
            double[] milliseconds = new double[runs];
            for (int run = 0; run < runs; run++)
            {
                using Process shell = Process.Start(new ProcessStartInfo("pwsh", ["-NoProfile", "-Command", script]) { RedirectStandardOutput = true })!;
                milliseconds[run] = double.Parse(shell.StandardOutput.ReadToEnd(), CultureInfo.InvariantCulture);
            }

            return string.Create(CultureInfo.InvariantCulture, $"{Report.Median(milliseconds):F0} ms");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "not measured: no pwsh on the path";
        }
    }

    public static int RunChild()
    {
        using var session = new Session(import: false);
        session.Run("Get-Command Get-Item -ErrorAction Ignore; 1..100 | ForEach-Object { $_ }; New-Module -Name Warm { function f {} } | Import-Module");
        var watch = Stopwatch.StartNew();
        session.Run($"Import-Module '{Session.ModulePath}'");
        double milliseconds = watch.Elapsed.TotalMilliseconds;
        string[] known = ["InboundProvisioning", "CsvHelper", "Microsoft.Identity", "Polly", "System.IO.Hashing", "System.Threading.RateLimiting"];
        string loaded = string.Join(' ', AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetName().Name!)
            .Where(name => name != "InboundProvisioning.Benchmarks" && known.Any(start => name.StartsWith(start, StringComparison.Ordinal)))
            .Select(name => name.Replace("InboundProvisioning.", string.Empty, StringComparison.Ordinal)).Order());
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{milliseconds}|{loaded}"));
        return 0;
    }
}
