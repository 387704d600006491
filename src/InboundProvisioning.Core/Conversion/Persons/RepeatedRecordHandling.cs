namespace InboundProvisioning.Conversion.Persons;

/// <summary>
/// What becomes of several records of one person (the same externalId, without regard to case): the service promises no order, so
/// one of them may go.
/// </summary>
public enum RepeatedRecordHandling
{
    /// <summary>The first one goes, the later ones are rejected.</summary>
    Reject,

    /// <summary>The first one goes, the later ones are passed over.</summary>
    First,

    /// <summary>The last one goes, the earlier ones are passed over.</summary>
    Last,
}
