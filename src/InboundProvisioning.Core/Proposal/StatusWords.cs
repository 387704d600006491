using System;
using System.Collections.Generic;
using System.Linq;

namespace InboundProvisioning.Proposal;

/// <summary>Reads the words of a column that says who works and who does not (StatusWords.txt).</summary>
internal static class StatusWords
{
    private static readonly Lazy<Dictionary<string, HashSet<string>>> LazyWords = new(() => EmbeddedLines.Read("StatusWords.txt").ToDictionary(
        static line => line.Substring(0, line.IndexOf(':')),
        static line => new HashSet<string>(EmbeddedLines.Words(line.Substring(line.IndexOf(':') + 1)), StringComparer.Ordinal)));

    /// <summary>
    /// What a value says. What it says all in all comes first, then single words of it: those of leaving before those of leave before
    /// those of working. Where a word negates, it is not known.
    /// </summary>
    public static StatusMeaning Read(string value)
    {
        IReadOnlyList<string> words = HeaderWords.Of(value);
        string whole = string.Join("_", words);
        foreach ((string list, StatusMeaning meaning) in Meanings)
        {
            if (Has(list, whole))
            {
                return meaning;
            }
        }

        // A letter alone means something only where it is all.
        List<string> longer = [.. words.Where(static word => word.Length > 1)];
        if (words.Any(static word => Has("not", word)))
        {
            return StatusMeaning.Unknown;
        }

        foreach ((string list, StatusMeaning meaning) in Meanings)
        {
            if (longer.Exists(word => Has(list, word)))
            {
                return meaning;
            }
        }

        return StatusMeaning.Unknown;
    }

    /// <summary>Whether a value says true or false, in one of the languages; null for neither.</summary>
    public static bool? ReadBoolean(string value)
    {
        string word = string.Join("_", HeaderWords.Of(value));
        return Has("true", word) ? true : Has("false", word) ? false : null;
    }

    private static IEnumerable<(string List, StatusMeaning Meaning)> Meanings =>
        [("inactive", StatusMeaning.Inactive), ("leave", StatusMeaning.OnLeave), ("active", StatusMeaning.Active)];

    private static bool Has(string list, string word) => LazyWords.Value[list].Contains(word);
}
