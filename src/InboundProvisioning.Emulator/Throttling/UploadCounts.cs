namespace InboundProvisioning.Emulator.Throttling;

/// <summary>What happened to the calls to bulkUpload since the emulator started.</summary>
public sealed record UploadCounts
{
    /// <summary>All calls that arrived, accepted or not.</summary>
    public int Calls { get; init; }

    /// <summary>The operations in the calls that were accepted.</summary>
    public int Operations { get; init; }

    /// <summary>The calls that were answered with anything but 202.</summary>
    public int RefusedCalls { get; init; }

    /// <summary>The greatest number of calls that arrived within any 5 seconds.</summary>
    public int MostCallsInFiveSeconds { get; init; }
}
