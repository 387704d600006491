using System.Collections.Generic;
using System.Text.Json.Nodes;

namespace InboundProvisioning.Emulator.Logs;

/// <summary>
/// The steps that lead to an event, named and worded as in the examples of https://learn.microsoft.com/graph/api/provisioningobjectsummary-list
/// </summary>
internal static class ProvisioningSteps
{
    public static IEnumerable<ProvisioningStep> Of(ProvisioningEvent one)
    {
        string change = one.Action switch
        {
            ProvisioningAction.Create => "Add",
            ProvisioningAction.Delete or ProvisioningAction.StagedDelete => "Delete",
            _ => "Update",
        };
        string user = $"User '{one.SourceId}'";
        yield return new($"EntryImport{change}", ProvisioningStepType.Import, ProvisioningResult.Success,
            $"Received {user} change of type ({change}) from {one.Job.SourceSystem}");
        if (one.OfReference)
        {
            yield return new("EntryReferenceResolution", ProvisioningStepType.ReferenceResolution, one.Status,
                one.Status == ProvisioningResult.Success ? $"Resolved the manager of {user}" : one.Error!.Reason);
        }
        else
        {
            yield return new("EntryScoping", ProvisioningStepType.Scoping, ProvisioningResult.Success,
                $"{user} is in scope of {one.Job.ServicePrincipalName}");
            yield return new($"EntrySynchronization{change}", ProvisioningStepType.Matching, ProvisioningResult.Success, Matched(one, user));
        }

        if (one.Action == ProvisioningAction.StagedDelete)
        {
            yield return new("EntrySynchronizationSkip", ProvisioningStepType.Processing, ProvisioningResult.Skipped,
                $"{user} will not be disabled: the cycle has reached the deletion threshold.",
                new JsonObject { ["SkipReason"] = "DeletionThresholdExceeded" });
        }
        else if (one.Status == ProvisioningResult.Skipped)
        {
            yield return new("EntrySynchronizationSkip", ProvisioningStepType.Processing, ProvisioningResult.Skipped,
                $"{user} will be skipped. Source and target match already.", new JsonObject { ["SkipReason"] = "RedundantExport" });
        }
        else if (one.Status != ProvisioningResult.Warning)
        {
            (string verb, string done) = one.Action switch
            {
                ProvisioningAction.Create => ("create", "created"),
                ProvisioningAction.Disable => ("disable", "disabled"),
                ProvisioningAction.Delete or ProvisioningAction.StagedDelete => ("delete", "deleted"),
                _ => ("update", "updated"),
            };
            yield return new($"EntryExport{change}", ProvisioningStepType.Export, one.Status,
                one.Status == ProvisioningResult.Success
                    ? $"User '{one.TargetName}' was {done} in {one.Job.TargetSystem}"
                    : $"Failed to {verb} User '{one.SourceName}' in {one.Job.TargetSystem}",
                new JsonObject { ["ReportableIdentifier"] = one.TargetName.Length > 0 ? one.TargetName : one.SourceName });
        }
    }

    private static string Matched(ProvisioningEvent one, string user) => one.Action == ProvisioningAction.Create
        ? $"{user} will be created in {one.Job.TargetSystem} (no matching User was found in {one.Job.TargetSystem})"
        : $"{user} matches User '{one.TargetName}' in {one.Job.TargetSystem}";
}
