namespace InboundProvisioning.State;

/// <summary>How many people have an outcome.</summary>
/// <param name="Status">The outcome.</param>
/// <param name="Action">What was done or tried, or null.</param>
/// <param name="Count">How many.</param>
internal readonly record struct OutcomeTally(RecordStatus Status, string? Action, long Count);
