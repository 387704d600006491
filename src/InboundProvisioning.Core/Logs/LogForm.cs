namespace InboundProvisioning.Logs;

/// <summary>What the events of the logs are given out as.</summary>
public enum LogForm
{
    /// <summary>One <see cref="ProvisioningChange"/> for the events that share a changeId.</summary>
    Changes,

    /// <summary>Each <see cref="ProvisioningEvent"/> by itself.</summary>
    Events,

    /// <summary>One <see cref="CycleSummary"/> a cycle.</summary>
    Summaries,
}
