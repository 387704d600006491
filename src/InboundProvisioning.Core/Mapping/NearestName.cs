using System;
using System.Collections.Generic;
using System.Linq;

namespace InboundProvisioning.Mapping;

/// <summary>Finds the name that a misspelt one was meant to be.</summary>
internal static class NearestName
{
    /// <summary>The nearest name by edits (insert, delete, replace, case aside), or null when none is near.</summary>
    public static string? Find(string name, IEnumerable<string> candidates)
    {
        string? nearest = null;

        // Two letters exchanged are two edits; a name may not be replaced as a whole.
        int fewest = Math.Min(Math.Max(name.Length / 3, 2) + 1, name.Length);
        foreach (string candidate in candidates)
        {
            int edits = Edits(name.ToUpperInvariant(), candidate.ToUpperInvariant());
            if (edits < fewest)
            {
                fewest = edits;
                nearest = candidate;
            }
        }

        return nearest;
    }

    /// <summary>
    /// The only name that has all words of one of several words, or whose words that one has all: Status for Worker Status. Null for none and for several.
    /// </summary>
    public static string? FindByWords(string name, IEnumerable<string> candidates)
    {
        string[] words = Words(name);
        List<string> found = [.. candidates.Where(candidate => Words(candidate) is { Length: > 0 } others
            && (others.All(word => words.Contains(word, StringComparer.OrdinalIgnoreCase)) || words.All(word => others.Contains(word, StringComparer.OrdinalIgnoreCase))))];
        return words.Length > 1 && found.Count == 1 ? found[0] : null;
    }

    private static string[] Words(string name) => name.Split([' ', '_', '-', '.', '/'], StringSplitOptions.RemoveEmptyEntries);

    private static int Edits(string one, string other)
    {
        int[] row = new int[other.Length + 1];
        for (int j = 0; j <= other.Length; j++)
        {
            row[j] = j;
        }

        for (int i = 1; i <= one.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.Length; j++)
            {
                int replaced = diagonal + (one[i - 1] == other[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[other.Length];
    }
}
