using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;

namespace InboundProvisioning.Benchmarks;

/// <summary>Times work and prints figures.</summary>
internal static class Report
{
    /// <summary>One line: the figure, what was measured, the goal.</summary>
    public static void Line(string figure, string measured, string goal) =>
        Console.WriteLine(string.Format(CultureInfo.InvariantCulture, "{0,-48} {1,-46} goal: {2}", figure, measured, goal));

    public static double Seconds(Action work)
    {
        GC.Collect();
        var watch = Stopwatch.StartNew();
        work();
        return watch.Elapsed.TotalSeconds;
    }

    public static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
