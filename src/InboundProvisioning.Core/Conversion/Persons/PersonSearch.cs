using System.Collections.Generic;

namespace InboundProvisioning.Conversion.Persons;

/// <summary>Looks through all rows for those of one person and chooses one of them, before any of them goes.</summary>
internal sealed class PersonSearch
{
    private readonly ExternalIdTable _seen = new();
    private readonly Dictionary<ExternalIdFingerprint, PersonChoice> _repeated = [];
    private readonly RepeatedRecordHandling _handling;

    public PersonSearch(RepeatedRecordHandling handling)
    {
        _handling = handling;
    }

    /// <summary>Takes note of the next row.</summary>
    public void Note(ExternalIdFingerprint id, uint position, RowPreference preference)
    {
        // What would be the user's fingerprint holds here whether the row is preferred.
        if (_seen.TryAdd(new PersonRow(id, position, (uint)preference), out PersonRow first))
        {
            return;
        }

        if (!_repeated.TryGetValue(id, out PersonChoice? choice))
        {
            choice = new PersonChoice(first.Position, (RowPreference)first.User);
            _repeated.Add(id, choice);
        }

        choice.Offer(position, preference, _handling == RepeatedRecordHandling.Last);
    }

    /// <summary>What was chosen.</summary>
    public ChosenRowRule End() => new(_repeated, _handling);
}
