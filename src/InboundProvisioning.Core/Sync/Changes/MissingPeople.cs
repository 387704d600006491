using System.Collections.Generic;

namespace InboundProvisioning.Sync.Changes;

/// <summary>The known people who are not in the source.</summary>
internal sealed class MissingPeople
{
    /// <summary>How many.</summary>
    public long Count { get; private set; }

    /// <summary>Those who were in the last source.</summary>
    public List<long> New { get; } = [];

    /// <summary>How many of these are active.</summary>
    public long NewActive { get; private set; }

    /// <summary>Those who are active and have been missing for long enough.</summary>
    public List<long> Due { get; } = [];

    /// <summary>How many of those who are due are not among the new ones.</summary>
    public long DueFromBefore { get; private set; }

    /// <summary>How many active ones have been missing before, and are not due.</summary>
    public long GoneActive { get; private set; }

    /// <summary>In how many runs in a row each of them has been missing, this one too; 0 for those who are back.</summary>
    public List<(long Key, int Runs)> Runs { get; } = [];

    /// <summary>Looks through the people.</summary>
    /// <param name="people">The people, of whom those in the source are seen.</param>
    /// <param name="dueAfter">After how many runs a person is due; 0 for never.</param>
    /// <param name="counts">Whether this run counts: the same source twice is one.</param>
    public static MissingPeople Of(PersonTable people, int dueAfter, bool counts)
    {
        var missing = new MissingPeople();
        foreach (int place in people.Places)
        {
            int runs = people.MissingRuns(place);
            if (people.IsSeen(place))
            {
                if (runs > 0)
                {
                    missing.Runs.Add((people.Key(place), 0));
                }

                continue;
            }

            missing.Add(people, place, runs, counts || runs == 0 ? runs + 1 : runs, dueAfter);
        }

        return missing;
    }

    private void Add(PersonTable people, int place, int before, int runs, int dueAfter)
    {
        long key = people.Key(place);
        bool isActive = people.IsActive(place);
        Count++;
        Runs.Add((key, runs));
        if (before == 0)
        {
            New.Add(key);
            NewActive += isActive ? 1 : 0;
        }

        if (isActive && dueAfter > 0 && runs >= dueAfter)
        {
            Due.Add(key);
            DueFromBefore += before > 0 ? 1 : 0;
        }
        else if (isActive && before > 0)
        {
            GoneActive++;
        }
    }
}
