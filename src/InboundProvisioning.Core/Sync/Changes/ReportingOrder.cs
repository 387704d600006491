using System;
using System.Collections.Generic;

namespace InboundProvisioning.Sync.Changes;

/// <summary>
/// How deep new people are below those who are to be there first: the service finds a manager only when the account is there.
/// </summary>
internal static class ReportingOrder
{
    private const int Unknown = -1;
    private const int OnTheWay = -2;

    /// <summary>The depths above 0. In a circle of managers somebody has to be first.</summary>
    /// <param name="people">New people with their managers, 0 for none.</param>
    public static Dictionary<long, int> Of(List<(long Key, long Manager)> people)
    {
        (long Key, long Manager)[] sorted = [.. people];
        Array.Sort(sorted, static (left, right) => left.Key.CompareTo(right.Key));
        int[] depths = new int[sorted.Length];
        depths.AsSpan().Fill(Unknown);
        var chain = new Stack<int>();
        for (int start = 0; start < sorted.Length; start++)
        {
            int place = start;
            while (place >= 0 && depths[place] == Unknown)
            {
                depths[place] = OnTheWay;
                chain.Push(place);
                place = sorted[place].Manager == 0 ? -1 : Find(sorted, sorted[place].Manager);
            }

            int depth = place < 0 || depths[place] == OnTheWay ? -1 : depths[place];
            while (chain.Count > 0)
            {
                depths[chain.Pop()] = ++depth;
            }
        }

        var below = new Dictionary<long, int>();
        for (int place = 0; place < sorted.Length; place++)
        {
            if (depths[place] > 0)
            {
                below[sorted[place].Key] = depths[place];
            }
        }

        return below;
    }

    private static int Find((long Key, long Manager)[] sorted, long key)
    {
        int low = 0;
        int high = sorted.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            if (sorted[middle].Key == key)
            {
                return middle;
            }

            if (sorted[middle].Key < key)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return -1;
    }
}
