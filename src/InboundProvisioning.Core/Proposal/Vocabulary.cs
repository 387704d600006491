using System;
using System.Collections.Generic;
using System.Linq;

namespace InboundProvisioning.Proposal;

/// <summary>Knows what the words in names of columns mean (Words.txt), phrases and compounds among them.</summary>
internal sealed class Vocabulary
{
    private const int LongestPhrase = 5;
    private const int ShortestPart = 3;
    private const int MostReadings = 4;

    private static readonly string[] Links = ["s", "n", "en", "es", "e"];
    private static readonly Lazy<Vocabulary> LazyDefault = new(() => new Vocabulary(EmbeddedLines.Read("Words.txt")));

    // Each word with its readings, each of which is some meanings.
    private readonly Dictionary<string, string[][]> _words = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string[][]> _parts = new(StringComparer.Ordinal);

    private Vocabulary(IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            int colon = line.IndexOf(':');
            string meaning = line.Substring(0, colon);
            string[][] readings = meaning == "-" ? [[]] : [.. meaning.Split('|').Select(static reading => reading.Split('+'))];
            foreach (string word in EmbeddedLines.Words(line.Substring(colon + 1)))
            {
                bool isPart = word[0] == '~';
                (isPart ? _parts : _words).Add(isPart ? word.Substring(1) : word, readings);
            }
        }
    }

    /// <summary>The words of the table.</summary>
    public static Vocabulary Default => LazyDefault.Value;

    /// <summary>The words, for the test that holds the table to its form.</summary>
    internal IEnumerable<string> Words => _words.Keys;

    /// <summary>What the name of a column can mean: one reading, more where a word has several.</summary>
    public IReadOnlyList<HeaderMeaning> Read(string name)
    {
        IReadOnlyList<string> words = HeaderWords.Of(name);
        var found = new List<string[][]>();
        int unknown = 0;
        for (int i = 0; i < words.Count;)
        {
            int length = Math.Min(LongestPhrase, words.Count - i);
            string[][]? readings = null;
            while (length > 0 && (readings = FindPhrase(words.Skip(i).Take(length))) is null)
            {
                length--;
            }

            if (readings is not null)
            {
                found.Add(readings);
                i += length;
                continue;
            }

            if (Take(words[i]) is { } parts)
            {
                found.AddRange(parts);
            }
            else
            {
                unknown++;
            }

            i++;
        }

        IEnumerable<HashSet<string>> all = [new HashSet<string>(StringComparer.Ordinal)];
        foreach (string[][] readings in found)
        {
            all = all.SelectMany(_ => readings, static (before, reading) => new HashSet<string>(before.Concat(reading), StringComparer.Ordinal)).Take(MostReadings);
        }

        return [.. all.Select(meanings => new HeaderMeaning(meanings, unknown))];
    }

    // SurName is surname, too.
    private string[][]? FindPhrase(IEnumerable<string> words) => Find(string.Join("_", words)) ?? Find(string.Concat(words));

    // Umlauts that are written with an e: Geschaeft.
    private string[][]? Find(string word) =>
        _words.TryGetValue(word, out string[][]? readings) || _words.TryGetValue(word.Replace("ae", "a").Replace("oe", "o").Replace("ue", "u"), out readings) ? readings : null;

    // Takes a compound apart: the fewest words that make up all of it, Personal|nummer, Geburt|s|datum.
    private List<string[][]>? Take(string word)
    {
        bool isIdeographic = HeaderWords.IsIdeographic(word[0]);
        if (word.Length > 60 || (!isIdeographic && word.Length < 2 * ShortestPart - 1))
        {
            return null;
        }

        // The best way to each place in the word: how many parts, where the last one begins, and what it is.
        var best = new (int Cost, int From, string[][]? Readings)[word.Length + 1];
        for (int end = 1; end <= word.Length; end++)
        {
            best[end] = (int.MaxValue, 0, null);
            for (int start = 0; start < end; start++)
            {
                if (best[start].Cost == int.MaxValue)
                {
                    continue;
                }

                string part = word.Substring(start, end - start);
                int cost = int.MaxValue;
                string[][]? readings = null;
                if (part.Length < word.Length && _parts.TryGetValue(part, out readings))
                {
                    cost = 10;
                }
                else if (part.Length >= ShortestPart || isIdeographic || (start > 0 && end == word.Length && part is "id" or "no" or "nr" or "dt" or "cd"))
                {
                    readings = Find(part);
                    cost = readings is null ? int.MaxValue : 10;
                }

                if (readings is null && !isIdeographic && start > 0 && end < word.Length && Links.Contains(part))
                {
                    cost = 1;
                }

                if (cost != int.MaxValue && best[start].Cost + cost < best[end].Cost)
                {
                    best[end] = (best[start].Cost + cost, start, readings);
                }
            }
        }

        if (best[word.Length].Cost == int.MaxValue)
        {
            return null;
        }

        var parts = new List<string[][]>();
        for (int end = word.Length; end > 0; end = best[end].From)
        {
            if (best[end].Readings is { } readings)
            {
                parts.Insert(0, readings);
            }
        }

        return parts;
    }
}
