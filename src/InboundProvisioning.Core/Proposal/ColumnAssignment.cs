using System;
using System.Collections.Generic;
using System.Linq;

namespace InboundProvisioning.Proposal;

/// <summary>Gives each attribute at the most one column, and each column at the most one attribute: the surest first.</summary>
internal sealed class ColumnAssignment
{
    private const int AsGood = 4;

    private readonly Dictionary<string, Candidate> _byTarget = new(StringComparer.Ordinal);
    private readonly Dictionary<ColumnProfile, string> _losers = [];
    private readonly Dictionary<string, List<Candidate>> _rivals = new(StringComparer.Ordinal);

    /// <param name="candidates">What the columns of a file can be, in their order.</param>
    public ColumnAssignment(IEnumerable<Candidate> candidates)
    {
        var taken = new HashSet<ColumnProfile>();
        List<Candidate> all = [.. candidates.Where(static candidate => candidate.Score >= CandidateWeighing.Lowest).OrderByDescending(static candidate => candidate.Score)];
        foreach (Candidate candidate in all)
        {
            if (taken.Contains(candidate.Column))
            {
                continue;
            }

            if (_byTarget.TryGetValue(candidate.Target, out Candidate? winner))
            {
                _losers[candidate.Column] = $"could be {candidate.Target}, which column '{winner.Column.Name}' is";
                if (winner.Score - candidate.Score <= AsGood)
                {
                    Rivals(candidate.Target).Add(candidate);
                }

                continue;
            }

            _byTarget.Add(candidate.Target, candidate);
            taken.Add(candidate.Column);
        }

        // Who is another attribute in the end is no rival.
        foreach (List<Candidate> rivals in _rivals.Values)
        {
            rivals.RemoveAll(rival => taken.Contains(rival.Column));
        }
    }

    /// <summary>The column of an attribute, or null.</summary>
    public Candidate? Of(string target) => _byTarget.TryGetValue(target, out Candidate? candidate) ? candidate : null;

    /// <summary>Other columns that are as good for an attribute.</summary>
    public IReadOnlyList<string> RivalsOf(string target) => [.. Rivals(target).Select(static rival => rival.Column.Name).Distinct()];

    /// <summary>Whether a column is an attribute.</summary>
    public bool IsTaken(ColumnProfile column) => _byTarget.Values.Any(candidate => candidate.Column == column);

    /// <summary>What a column could have been, or null.</summary>
    public string? Lost(ColumnProfile column) => _losers.TryGetValue(column, out string? reason) ? reason : null;

    private List<Candidate> Rivals(string target)
    {
        if (!_rivals.TryGetValue(target, out List<Candidate>? rivals))
        {
            rivals = [];
            _rivals.Add(target, rivals);
        }

        return rivals;
    }
}
