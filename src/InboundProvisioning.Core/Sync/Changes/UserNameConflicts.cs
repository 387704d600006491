using System.Collections.Generic;

namespace InboundProvisioning.Sync.Changes;

/// <summary>Finds people who would get a userName that is or was somebody else's: the service could give them the wrong account.</summary>
internal static class UserNameConflicts
{
    /// <summary>Those who are to be held back, each with the other one; 0 where that is a new one too.</summary>
    /// <param name="names">The userNames of people who are new or get another one.</param>
    /// <param name="people">The people of the state.</param>
    public static Dictionary<long, long> Find(List<(long UserName, long Key)> names, PersonTable people)
    {
        var held = new Dictionary<long, long>();
        if (names.Count == 0)
        {
            return held;
        }

        names.Sort();
        for (int i = 1; i < names.Count; i++)
        {
            if (names[i].UserName == names[i - 1].UserName && names[i].Key != names[i - 1].Key)
            {
                held[names[i].Key] = names[i - 1].Key;
                held[names[i - 1].Key] = names[i].Key;
            }
        }

        foreach (int place in people.Places)
        {
            long name = people.UserName(place);
            int first = name == 0 ? -1 : FirstOf(names, name);
            for (int i = first; i >= 0 && i < names.Count && names[i].UserName == name; i++)
            {
                if (names[i].Key != people.Key(place))
                {
                    held[names[i].Key] = people.Key(place);
                }
            }
        }

        return held;
    }

    private static int FirstOf(List<(long UserName, long Key)> names, long name)
    {
        int place = names.BinarySearch((name, long.MinValue));
        place = place < 0 ? ~place : place;
        return place < names.Count && names[place].UserName == name ? place : -1;
    }
}
