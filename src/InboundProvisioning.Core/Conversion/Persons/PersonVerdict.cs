namespace InboundProvisioning.Conversion.Persons;

/// <summary>What becomes of a row of a person.</summary>
internal enum PersonVerdict
{
    /// <summary>It is the one that goes, or the one that is rejected for its own fault.</summary>
    Take,

    /// <summary>It makes the very same user as the one that goes.</summary>
    Same,

    /// <summary>It is rejected as a repeated record.</summary>
    Reject,

    /// <summary>Another one goes.</summary>
    PassOver,

    /// <summary>None of the person's rows goes: which one cannot be told.</summary>
    Undecided,

    /// <summary>Another one goes, which may still be to come and make the very same user.</summary>
    Settle,
}
