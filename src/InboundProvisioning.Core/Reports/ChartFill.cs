namespace InboundProvisioning.Reports;

/// <summary>How an area of a chart is filled: colour and pattern, so that either is enough.</summary>
internal enum ChartFill
{
    /// <summary>Whole.</summary>
    Plain,

    /// <summary>Dotted: not settled yet.</summary>
    Open,

    /// <summary>Thin lines upright: passed over.</summary>
    Skipped,

    /// <summary>Slanted lines: it needs somebody.</summary>
    Bad,
}
