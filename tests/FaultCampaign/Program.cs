using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace InboundProvisioning.FaultCampaign;

/// <summary>
/// Thousands of seeded runs, each with its own mix of faults. Prints its counts; the exit code is 1 when a record was lost, was
/// staged twice without a lost answer, or came out of order.
/// </summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        int runs = 5000;
        int seed = 1;
        int first = 1;
        int parallel = Environment.ProcessorCount;
        for (int i = 0; i < arguments.Length; i += 2)
        {
            if (i + 1 == arguments.Length || !int.TryParse(arguments[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out int value))
            {
                return Usage();
            }

            switch (arguments[i])
            {
                case "--runs":
                    runs = value;
                    break;
                case "--seed":
                    seed = value;
                    break;
                case "--first":
                    first = value;
                    break;
                case "--parallel" when value > 0:
                    parallel = value;
                    break;
                default:
                    return Usage();
            }
        }

        var clock = Stopwatch.StartNew();
        var total = new CampaignCounts();
        int next = first - 1;
        await Task.WhenAll(Enumerable.Range(0, parallel).Select(_ => Task.Run(async () =>
        {
            await using Campaign campaign = await Campaign.StartAsync();
            for (int number = Interlocked.Increment(ref next); number < first + runs; number = Interlocked.Increment(ref next))
            {
                CampaignCounts counts = await campaign.RunAsync(seed, number, CancellationToken.None);
                lock (total)
                {
                    total.Add(counts);
                    if (total.Runs % 500 == 0)
                    {
                        Console.Error.WriteLine($"{total.Runs} runs, {clock.Elapsed:mm\\:ss}, {total.Violations.Count} violations");
                    }
                }
            }
        })));

        total.WriteTo(Console.Out);
        Console.WriteLine($"seed {seed}, {clock.Elapsed.TotalSeconds:0} s");
        return total.Violations.Count == 0 ? 0 : 1;
    }

    private static int Usage()
    {
        Console.Error.WriteLine("Usage: [--runs 5000] [--seed 1] [--first 1] [--parallel <cores>]. A run that fails is repeated by its number: --first <number> --runs 1.");
        return 2;
    }
}
