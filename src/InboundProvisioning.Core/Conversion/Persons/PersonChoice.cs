namespace InboundProvisioning.Conversion.Persons;

/// <summary>Which of a person's rows goes.</summary>
internal sealed class PersonChoice
{
    public PersonChoice(uint position, RowPreference preference)
    {
        Position = position;
        IsPreferred = preference == RowPreference.Preferred;
        IsUndecided = preference == RowPreference.Unknown;
    }

    /// <summary>Whether none of the rows goes, because of one of them it is not known whether it is preferred.</summary>
    public bool IsUndecided { get; private set; }

    /// <summary>The position of the row that goes; of an undecided person, of the row of which it is not known.</summary>
    public uint Position { get; private set; }

    /// <summary>Whether it goes because it is the preferred one.</summary>
    public bool IsPreferred { get; private set; }

    /// <summary>Whether it has come.</summary>
    public bool HasCome { get; private set; }

    /// <summary>A fingerprint of the user that it makes; 0 as long as it has not come, or where it has a fault.</summary>
    public uint User { get; private set; }

    /// <summary>Looks at a later row of the person: the first preferred one goes, else the first or last of all.</summary>
    public void Offer(uint position, RowPreference preference, bool takesLast)
    {
        if (IsUndecided)
        {
            return;
        }

        IsUndecided = preference == RowPreference.Unknown;
        if (IsUndecided || (!IsPreferred && (preference == RowPreference.Preferred || takesLast)))
        {
            Position = position;
            IsPreferred = preference == RowPreference.Preferred;
        }
    }

    /// <summary>The row that goes has come.</summary>
    public void Come(uint user)
    {
        HasCome = true;
        User = user;
    }
}
