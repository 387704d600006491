namespace InboundProvisioning.Logs;

/// <summary>How many events of one action had which status.</summary>
public sealed record StatusCounts
{
    /// <summary>Events that succeeded.</summary>
    public long Success { get; internal set; }

    /// <summary>Events that failed.</summary>
    public long Failure { get; internal set; }

    /// <summary>Events that were skipped.</summary>
    public long Skipped { get; internal set; }

    /// <summary>Events with a warning.</summary>
    public long Warning { get; internal set; }

    /// <summary>Events with none of these statuses.</summary>
    public long Other { get; internal set; }

    /// <summary>All events of the action.</summary>
    public long Total => Success + Failure + Skipped + Warning + Other;

    /// <inheritdoc/>
    public override string ToString() => $"{Success} success, {Failure} failure, {Skipped} skipped, {Warning} warning, {Other} other";

    internal void Add(string? status)
    {
        switch (status?.ToLowerInvariant())
        {
            case "success":
                Success++;
                break;
            case "failure":
                Failure++;
                break;
            case "skipped":
                Skipped++;
                break;
            case "warning":
                Warning++;
                break;
            default:
                Other++;
                break;
        }
    }
}
