using System;
using System.Collections.Generic;
using System.Linq;

namespace InboundProvisioning.Reports;

/// <summary>Divides the rows that a page may have among its lists: a short list whole, the rest in equal parts among the long ones.</summary>
internal static class RowShares
{
    /// <summary>A report with no more records than so many.</summary>
    /// <param name="facts">The report.</param>
    /// <param name="rows">How many records it may hold.</param>
    /// <param name="isCut">Whether there were more.</param>
    public static ReportFacts Cut(ReportFacts facts, int rows, out bool isCut)
    {
        ReportGroup[] all = [.. facts.Failures, .. facts.Rejected, .. facts.HeldBack, .. facts.Findings];
        int[] shares = Of(rows, [.. all.Select(static group => group.Records.Count)]);
        isCut = all.Where((group, place) => shares[place] < group.Records.Count).Any();
        if (!isCut)
        {
            return facts;
        }

        ReportGroup[] cut = [.. all.Select((group, place) => group with { Records = [.. group.Records.Take(shares[place])] })];
        return facts with
        {
            Failures = [.. cut.Take(facts.Failures.Count)],
            Rejected = [.. cut.Skip(facts.Failures.Count).Take(facts.Rejected.Count)],
            HeldBack = [.. cut.Skip(facts.Failures.Count + facts.Rejected.Count).Take(facts.HeldBack.Count)],
            Findings = [.. cut.Skip(facts.Failures.Count + facts.Rejected.Count + facts.HeldBack.Count)],
        };
    }

    /// <summary>How many rows each list gets.</summary>
    /// <param name="rows">The rows that there are.</param>
    /// <param name="lists">How long the lists are.</param>
    public static int[] Of(int rows, IReadOnlyList<int> lists)
    {
        var shares = new int[lists.Count];
        int waiting = lists.Count;
        foreach (int place in Enumerable.Range(0, lists.Count).OrderBy(place => lists[place]))
        {
            shares[place] = Math.Min(lists[place], Math.Max(0, rows) / waiting);
            rows -= shares[place];
            waiting--;
        }

        return shares;
    }
}
