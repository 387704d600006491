using System.Collections.Generic;
using System.Linq;

namespace InboundProvisioning.Conversion.Persons;

/// <summary>A chosen row of each person goes. Holds the persons with several rows only.</summary>
internal sealed class ChosenRowRule : IPersonRule
{
    private readonly Dictionary<ExternalIdFingerprint, PersonChoice> _choices;
    private readonly RepeatedRecordHandling _handling;

    public ChosenRowRule(Dictionary<ExternalIdFingerprint, PersonChoice> choices, RepeatedRecordHandling handling)
    {
        _choices = choices;
        _handling = handling;
    }

    /// <summary>Whether every row that was chosen has come: else the source is no longer what it was at the search.</summary>
    public bool AllHaveCome => _choices.Values.All(static choice => choice.HasCome);

    /// <summary>Whether a person has several rows.</summary>
    public bool IsRepeated(ExternalIdFingerprint id) => _choices.ContainsKey(id);

    public PersonVerdict Judge(in PersonRow row, out uint taken)
    {
        taken = row.Position;
        if (!_choices.TryGetValue(row.Id, out PersonChoice? choice))
        {
            return PersonVerdict.Take;
        }

        taken = choice.Position;
        if (choice.IsUndecided)
        {
            choice.Come(user: 0);
            return PersonVerdict.Undecided;
        }

        if (row.Position == choice.Position)
        {
            choice.Come(row.User);
            return PersonVerdict.Take;
        }

        // Where nothing is preferred, it is the first row that goes, and it has come.
        return _handling == RepeatedRecordHandling.Reject && !choice.IsPreferred
            ? row.Makes(choice.User) ? PersonVerdict.Same : PersonVerdict.Reject
            : PersonVerdict.Settle;
    }

    /// <summary>After all rows: whether one that was left open makes the very same user as the one that went.</summary>
    public bool IsSame(in PersonRow row) => row.Makes(_choices[row.Id].User);
}
