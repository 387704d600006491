namespace InboundProvisioning.RunLogs;

/// <summary>How much an entry asks for attention.</summary>
public enum RunLogLevel
{
    /// <summary>All is as it should be.</summary>
    Information,

    /// <summary>Something to look at.</summary>
    Warning,

    /// <summary>Something went wrong.</summary>
    Error,
}
