using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Text.Json;

using InboundProvisioning.Emulator.Jobs;

namespace InboundProvisioning.Emulator.Applications;

/// <summary>
/// A service principal with what belongs to it: synchronization jobs and secrets, and the application permissions that it was given.
/// Safe for use by several threads; what it gives out never changes afterwards, jobs apart.
/// </summary>
internal sealed class EnterpriseApplication(ServicePrincipal principal)
{
    private ImmutableList<ProvisioningJob> _jobs = [];
    private ImmutableSortedDictionary<string, string?> _secrets = ImmutableSortedDictionary.Create<string, string?>(StringComparer.Ordinal);
    private ImmutableList<AppRoleAssignment> _appRoleAssignments = [];

    public ServicePrincipal Principal { get; } = principal;

    public IReadOnlyList<ProvisioningJob> Jobs => _jobs;

    /// <summary>
    /// The synchronization secrets, by key: https://learn.microsoft.com/graph/api/resources/synchronization-synchronizationsecretkeystringvaluepair
    /// </summary>
    public IReadOnlyDictionary<string, string?> Secrets => _secrets;

    /// <summary>The permissions that this service principal was given, oldest first.</summary>
    public IReadOnlyList<AppRoleAssignment> AppRoleAssignments => _appRoleAssignments;

    /// <summary>Whether somebody is told when the job fails.</summary>
    public bool HasNotificationEmail =>
        NotificationSettings is { } settings
        && settings.TryGetProperty("Enabled", out JsonElement enabled) && enabled.ValueKind == JsonValueKind.True
        && settings.TryGetProperty("Recipients", out JsonElement recipients) && recipients.ValueKind == JsonValueKind.String
        && recipients.GetString()!.Contains('@', StringComparison.Ordinal);

    /// <summary>How many deletions and disables a cycle may make; null when that is switched off or not said.</summary>
    public int? DeleteThreshold =>
        NotificationSettings is { } settings
        && settings.TryGetProperty("DeleteThresholdEnabled", out JsonElement enabled) && enabled.ValueKind == JsonValueKind.True
        && settings.TryGetProperty("DeleteThresholdValue", out JsonElement value) && value.ValueKind == JsonValueKind.Number
        && value.TryGetInt32(out int threshold)
            ? threshold
            : null;

    /// <summary>The value of SyncNotificationSettings, which is JSON: https://learn.microsoft.com/graph/api/synchronization-synchronization-secrets</summary>
    private JsonElement? NotificationSettings
    {
        get
        {
            if (!_secrets.TryGetValue("SyncNotificationSettings", out string? settings) || settings is null)
            {
                return null;
            }

            try
            {
                JsonElement read = JsonElement.Parse(settings);
                return read.ValueKind == JsonValueKind.Object ? read : null;
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }

    public ProvisioningJob? Job(string id) => _jobs.Find(job => string.Equals(job.Id, id, StringComparison.OrdinalIgnoreCase));

    public void Add(ProvisioningJob job) => ImmutableInterlocked.Update(ref _jobs, jobs => jobs.Add(job));

    /// <summary>Sets the secrets that are given, and leaves the others. All or none are seen.</summary>
    public void SetSecrets(IEnumerable<KeyValuePair<string, string?>> secrets)
    {
        KeyValuePair<string, string?>[] given = [.. secrets];
        ImmutableInterlocked.Update(ref _secrets, all => all.SetItems(given));
    }

    /// <summary>Sets the secrets that are given, and forgets the others. All or none are seen.</summary>
    public void ReplaceSecrets(IEnumerable<KeyValuePair<string, string?>> secrets)
    {
        KeyValuePair<string, string?>[] given = [.. secrets];
        ImmutableInterlocked.Update(ref _secrets, all => all.Clear().SetItems(given));
    }

    /// <summary>Gives a permission of another application, once.</summary>
    /// <returns>False when this service principal has it already.</returns>
    public bool Assign(AppRoleAssignment assignment) => ImmutableInterlocked.Update(
        ref _appRoleAssignments,
        assignments => assignments.Exists(known => known.ResourceId == assignment.ResourceId && known.AppRoleId == assignment.AppRoleId)
            ? assignments
            : assignments.Add(assignment));

    public static EnterpriseApplication Load(ApplicationState kept)
    {
        var application = new EnterpriseApplication(kept.Principal);
        application.SetSecrets(kept.Secrets);
        foreach (JobState job in kept.Jobs)
        {
            application.Add(new ProvisioningJob(job));
        }

        foreach (AppRoleAssignment assignment in kept.AppRoleAssignments)
        {
            application.Assign(assignment);
        }

        return application;
    }

    public ApplicationState ToState() => new(Principal, [.. _jobs.ConvertAll(job => job.ToState())], _secrets, _appRoleAssignments);

    /// <summary>Takes a permission away.</summary>
    /// <returns>False when there is no assignment with that id.</returns>
    public bool Unassign(string assignmentId) => ImmutableInterlocked.Update(
        ref _appRoleAssignments, assignments => assignments.RemoveAll(known => known.Id == assignmentId));
}
