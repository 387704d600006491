using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace InboundProvisioning.Proposal;

/// <summary>A line of Rules.txt: which attribute a column is whose name means this.</summary>
internal sealed class NameRule
{
    // What a name with a word that is not known can reach: that word may make another thing of it.
    private const int MostWithUnknown = 60;
    private const int MostUnknown = 2;
    private const int UnknownCost = 8;

    private readonly string[][] _required;
    private readonly HashSet<string> _allowed;

    /// <param name="line">The attribute, the score, the meanings, and after a question mark those that may be there too.</param>
    public NameRule(string line)
    {
        string[] words = EmbeddedLines.Words(line);
        int question = Array.IndexOf(words, "?");
        Target = words[0];
        Score = int.Parse(words[1], CultureInfo.InvariantCulture);
        _required = [.. words.Take(question < 0 ? words.Length : question).Skip(2).Select(static word => word.Split('|'))];
        _allowed = new HashSet<string>(_required.SelectMany(static one => one).Concat(question < 0 ? [] : words.Skip(question + 1)), StringComparer.Ordinal);
    }

    /// <summary>The attribute, such as <c>emails.work.value</c>.</summary>
    public string Target { get; }

    /// <summary>How sure it is, of 100, where all words are known.</summary>
    public int Score { get; }

    /// <summary>How sure it is for a name; 0 where the rule does not hold.</summary>
    public int Match(HeaderMeaning header)
    {
        bool holds = header.Unknown <= MostUnknown
            && _required.All(one => one.Any(header.Meanings.Contains))
            && header.Meanings.All(_allowed.Contains);
        return !holds ? 0 : header.Unknown == 0 ? Score : Math.Min(Score, MostWithUnknown) - (UnknownCost * (header.Unknown - 1));
    }
}
