namespace InboundProvisioning.Checks;

/// <summary>What is looked for in a value: that its target takes it.</summary>
/// <param name="Target">The attribute of the directory.</param>
/// <param name="IsAssumed">Whether it is assumed only that the value goes there.</param>
internal sealed record ValueCheck(TargetAttribute Target, bool IsAssumed);
