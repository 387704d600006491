namespace InboundProvisioning.Applications;

/// <summary>What a provisioning app is to be.</summary>
/// <param name="DisplayName">The name; an app of the name and of the same gallery template is taken as it.</param>
/// <param name="TargetSystem">Where it writes to.</param>
/// <param name="NotificationEmail">Who is told of failures; without one the job goes into quarantine at its first start.</param>
/// <param name="AccidentalDeletionThreshold">The deletions in one cycle beyond which the job stops, 1 or more.</param>
/// <param name="OverwriteSettings">Sets other notification settings than those that are there; else they are left alone.</param>
public sealed record ProvisioningApplicationSettings(
    string DisplayName, TargetSystem TargetSystem, string NotificationEmail, int AccidentalDeletionThreshold, bool OverwriteSettings);
