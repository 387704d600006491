namespace InboundProvisioning.Conversion.Persons;

/// <summary>Which of a person's rows goes.</summary>
internal sealed class PersonChoice
{
    public PersonChoice(uint position, bool isPreferred)
    {
        Position = position;
        IsPreferred = isPreferred;
    }

    /// <summary>The position of the row that goes.</summary>
    public uint Position { get; private set; }

    /// <summary>Whether it goes because it is the preferred one.</summary>
    public bool IsPreferred { get; private set; }

    /// <summary>Whether it has come.</summary>
    public bool HasCome { get; private set; }

    /// <summary>A fingerprint of the user that it makes; 0 as long as it has not come, or where it has a fault.</summary>
    public uint User { get; private set; }

    /// <summary>Looks at a later row of the person: the first preferred one goes, else the first or last of all.</summary>
    public void Offer(uint position, bool isPreferred, bool takesLast)
    {
        if (!IsPreferred && (isPreferred || takesLast))
        {
            Position = position;
            IsPreferred = isPreferred;
        }
    }

    /// <summary>The row that goes has come.</summary>
    public void Come(uint user)
    {
        HasCome = true;
        User = user;
    }
}
