using System;
using System.Diagnostics;
using System.Globalization;
using System.Threading.Tasks;
using InboundProvisioning.Azurite;

namespace InboundProvisioning.KillCampaign;

/// <summary>
/// Kills nightly runs at random points, with SIGKILL, lets them begin again, and looks in the end whether anything was lost or sent twice.
/// Prints its counts; the exit code is 1 when something was.
/// </summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        if (arguments is [Night.Argument, ..])
        {
            return await Night.RunAsync(arguments);
        }

        int kills = 500;
        int seed = 1;
        bool inBlob = false;
        for (int i = 0; i < arguments.Length; i += 2)
        {
            if (arguments[i] == "--blob")
            {
                inBlob = true;
                i--;
                continue;
            }

            if (i + 1 == arguments.Length || !int.TryParse(arguments[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out int value))
            {
                return Usage();
            }

            switch (arguments[i])
            {
                case "--kills":
                    kills = value;
                    break;
                case "--seed":
                    seed = value;
                    break;
                default:
                    return Usage();
            }
        }

        if (inBlob && !AzuriteServer.IsInstalled)
        {
            Console.Error.WriteLine(AzuriteServer.Missing);
            return 2;
        }

        var clock = Stopwatch.StartNew();
        KillCounts counts = await Campaign.RunAsync(kills, seed, done => Console.Error.WriteLine($"{done} kills, {clock.Elapsed:mm\\:ss}"), inBlob);
        counts.WriteTo(Console.Out);
        Console.WriteLine($"seed {seed}, {clock.Elapsed.TotalSeconds:0} s");
        return counts.Violations.Count == 0 ? 0 : 1;
    }

    private static int Usage()
    {
        Console.Error.WriteLine("Usage: [--kills 500] [--seed 1] [--blob]");
        return 2;
    }
}
