using System;
using System.Collections.Generic;
using System.Linq;

namespace InboundProvisioning.FaultCampaign;

/// <summary>Holds what the service has staged against what was to be sent.</summary>
public static class StagingCheck
{
    /// <summary>What is wrong; nothing where all is as it should be.</summary>
    /// <param name="records">The records, in the order of the requests; each is <c>externalId/version</c>.</param>
    /// <param name="bad">Those of them that the service refuses.</param>
    /// <param name="refused">Those that the sender was told are at fault, each alone.</param>
    /// <param name="staged">What the service has staged, in its order.</param>
    /// <param name="lost">What it staged and the answer to which did not arrive, as often as that happened.</param>
    /// <param name="ordered">The people whose records were all sent in one go, so that their order counts.</param>
    public static IReadOnlyList<string> Violations(
        IReadOnlyList<string> records,
        IReadOnlySet<string> bad,
        IReadOnlyCollection<string> refused,
        IReadOnlyList<string> staged,
        IReadOnlyCollection<string> lost,
        IReadOnlySet<string> ordered)
    {
        var violations = new List<string>();
        ILookup<string, string> copies = staged.ToLookup(static record => record);
        ILookup<string, string> lostCopies = lost.ToLookup(static record => record);
        foreach (string record in records)
        {
            int count = copies[record].Count();
            if (bad.Contains(record))
            {
                AddIf(count > 0, $"{record} is at fault and was staged");
                AddIf(!refused.Contains(record), $"{record} is at fault and was not reported");
                continue;
            }

            AddIf(count == 0, $"{record} was lost");
            AddIf(count > 1 + lostCopies[record].Count(), $"{record} was staged {count} times, with {lostCopies[record].Count()} answers lost");
            AddIf(refused.Contains(record), $"{record} is right and was reported as refused");
        }

        violations.AddRange(staged.Except(records).Select(static record => $"{record} was staged and not sent"));
        violations.AddRange(OutOfOrder(records, staged, ordered).Select(static person => $"the records of {person} were staged out of order"));
        return violations;

        void AddIf(bool wrong, string text)
        {
            if (wrong)
            {
                violations.Add(text);
            }
        }
    }

    /// <summary>The person of a record.</summary>
    public static string Person(string record) => record[..record.IndexOf('/', StringComparison.Ordinal)];

    private static IEnumerable<string> OutOfOrder(IReadOnlyList<string> records, IReadOnlyList<string> staged, IReadOnlySet<string> ordered)
    {
        // The first copy of each: a call that timed out may still be taken later, and nobody can call it back.
        Dictionary<string, int> place = records.Select(static (record, place) => (record, place)).ToDictionary(static item => item.record, static item => item.place);
        foreach (IGrouping<string, int> person in staged.Distinct().Where(place.ContainsKey).GroupBy(Person, record => place[record]))
        {
            if (ordered.Contains(person.Key) && !person.SequenceEqual(person.Order()))
            {
                yield return person.Key;
            }
        }
    }
}
