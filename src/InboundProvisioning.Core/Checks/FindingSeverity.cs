namespace InboundProvisioning.Checks;

/// <summary>How much a finding matters.</summary>
public enum FindingSeverity
{
    /// <summary>The service takes the record, and something of it may not be as it was meant.</summary>
    Warning,

    /// <summary>The service refuses the record by its published rules, or the record does harm.</summary>
    Error,
}
