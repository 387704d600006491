namespace InboundProvisioning.Emulator.Throttling;

/// <summary>What happened to the calls to bulkUpload since the emulator started.</summary>
public sealed record UploadCounts
{
    /// <summary>All calls that arrived, accepted or not.</summary>
    public int Calls { get; init; }

    /// <summary>The operations in the calls that were accepted.</summary>
    public int Operations { get; init; }

    /// <summary>The calls that were not accepted: answered with anything but 202, or dropped before the work.</summary>
    public int RefusedCalls { get; init; }

    /// <summary>The calls that were accepted and whose answer did not reach the client: dropped by a fault, or the client had gone by then.</summary>
    public int LostAnswers { get; init; }

    /// <summary>The greatest number of calls that arrived within any 5 seconds.</summary>
    public int MostCallsInFiveSeconds { get; init; }
}
