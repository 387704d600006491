namespace InboundProvisioning.RunLogs;

/// <summary>What the log of a run tells. The numbers stay as they are: filters and alerts are made for them.</summary>
public enum RunEvent
{
    /// <summary>A run begins.</summary>
    RunStarted = 1000,

    /// <summary>A run has ended, with its result.</summary>
    RunEnded = 1001,

    /// <summary>A run has come to another phase.</summary>
    Phase = 1010,

    /// <summary>The service has accepted a request.</summary>
    RequestAccepted = 1100,

    /// <summary>The service has not accepted a request.</summary>
    RequestFailed = 1101,

    /// <summary>A call is tried again.</summary>
    Retry = 1110,

    /// <summary>A safeguard holds something back.</summary>
    Stop = 1200,

    /// <summary>A fault.</summary>
    Fault = 1300,

    /// <summary>A warning.</summary>
    Warning = 1400,
}
