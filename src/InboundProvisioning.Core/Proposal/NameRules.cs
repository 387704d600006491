using System;
using System.Collections.Generic;
using System.Linq;

namespace InboundProvisioning.Proposal;

/// <summary>Knows which attributes a column can be by its name (Rules.txt).</summary>
internal static class NameRules
{
    private static readonly Lazy<IReadOnlyList<NameRule>> LazyAll = new(() => [.. EmbeddedLines.Read("Rules.txt").Select(static line => new NameRule(line))]);

    /// <summary>The attributes, each with the best score of its rules.</summary>
    /// <param name="readings">What the name can mean.</param>
    public static IReadOnlyDictionary<string, int> Match(IEnumerable<HeaderMeaning> readings)
    {
        var scores = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (HeaderMeaning reading in readings)
        {
            foreach (NameRule rule in LazyAll.Value)
            {
                int score = rule.Match(reading);
                if (score > 0 && (!scores.TryGetValue(rule.Target, out int best) || best < score))
                {
                    scores[rule.Target] = score;
                }
            }
        }

        return scores;
    }
}
