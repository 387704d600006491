namespace InboundProvisioning.Applications;

/// <summary>What became of a part of a provisioning app.</summary>
public enum StepStatus
{
    /// <summary>It was there, and is as it was.</summary>
    Existing,

    /// <summary>It was made.</summary>
    Created,

    /// <summary>It was there and was changed.</summary>
    Changed,

    /// <summary>It is missing or other than asked for, and was left so.</summary>
    Skipped,
}
