namespace InboundProvisioning.Reports;

/// <summary>How much a report is in want of a person.</summary>
public enum ReportLevel
{
    /// <summary>All is well.</summary>
    Good,

    /// <summary>It goes on by itself, and somebody should look at a part of it.</summary>
    Attention,

    /// <summary>Nothing goes on until somebody has done something.</summary>
    Bad,
}
