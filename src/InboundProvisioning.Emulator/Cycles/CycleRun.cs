using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

using InboundProvisioning.Emulator.Jobs;
using InboundProvisioning.Emulator.Logs;
using InboundProvisioning.Emulator.Schema;
using InboundProvisioning.Emulator.Staging;
using InboundProvisioning.Emulator.Users;

namespace InboundProvisioning.Emulator.Cycles;

/// <summary>
/// One run of one job over the users that were staged when it began:
/// https://learn.microsoft.com/entra/identity/app-provisioning/inbound-provisioning-api-faqs#how-do-we-update-users-using-the-provisioning-bulkupload-api-endpoint
/// </summary>
/// <param name="job">The job.</param>
/// <param name="logged">What logs say of it.</param>
/// <param name="rule">Its rule for users.</param>
/// <param name="users">The directory.</param>
/// <param name="log">Where events go.</param>
/// <param name="deleteThreshold">How many users the run may disable, or null for any number. This service deletes nobody.</param>
/// <param name="now">When it began.</param>
internal sealed class CycleRun(
    ProvisioningJob job, LoggedJob logged, InboundRule rule, UserDirectory users, ProvisioningLog log, int? deleteThreshold, DateTimeOffset now)
{
    private int _disabled;

    public Guid CycleId { get; } = Guid.NewGuid();

    public int Imported { get; private set; }

    public int Exported { get; private set; }

    public int Failed { get; private set; }

    public int Held { get; private set; }

    public void Run()
    {
        IReadOnlyList<JsonElement> retried = job.Memory.Due(now);
        IReadOnlyList<JsonElement> staged = job.Pending.Take();
        foreach (JsonElement user in staged)
        {
            // A newer record of a user takes the place of one that failed or is held.
            job.Memory.Settled(new ScimUser(user).Id);
        }

        foreach (PendingReference reference in job.Memory.References)
        {
            TryAgain(reference);
        }

        foreach ((string sourceId, HeldRecord held) in job.Memory.Held.Where(held => held.Value.Allowed))
        {
            job.Memory.Settled(sourceId);
            Process(held.User, allowed: true);
        }

        foreach (JsonElement user in retried.Where(user => job.Memory.Escrows.ContainsKey(new ScimUser(user).Id)).Concat(staged))
        {
            Process(user, allowed: false);
        }
    }

    /// <param name="data">The record.</param>
    /// <param name="allowed">Whether it may disable the user whatever the threshold says.</param>
    private void Process(JsonElement data, bool allowed)
    {
        Imported++;
        lock (users.Gate)
        {
            ProcessAlone(data, allowed);
        }
    }

    private void ProcessAlone(JsonElement data, bool allowed)
    {
        var source = new ScimUser(data);
        var flow = new UserFlow(rule, source);
        var template = new ProvisioningEvent
        {
            Job = logged,
            CycleId = CycleId,
            ChangeId = Guid.NewGuid(),
            Action = ProvisioningAction.Other,
            Status = ProvisioningResult.Failure,
            SourceId = source.Id,
            SourceName = source.DisplayName,
            DurationInMilliseconds = 50 + (Imported * 37 % 400),
        };

        if (flow.MatchingValue is not { } matching)
        {
            // Without what finds the user there is no telling whose record to try again.
            Failed++;
            log.Write(template with { Error = UserErrors.NoMatchingValue(rule.Matching?.Source.ToString() ?? "none") });
            return;
        }

        DirectoryUser? target = users.Find(rule.Matching!.Target, matching);
        IReadOnlyDictionary<string, string?> changes = flow.Changes(target);
        ProvisioningEvent outcome = template with
        {
            Action = ActionOf(target, changes),
            TargetId = target?.Id,
            TargetName = target?.UserPrincipalName ?? "",
            ModifiedProperties =
            [
                .. changes.Select(change => new ModifiedProperty(change.Key, target?.Attributes.GetValueOrDefault(change.Key), change.Value)),
            ],
        };

        if (ErrorOf(target, changes) is { } error)
        {
            Failed++;
            job.Memory.Failed(source.Id, data, now);
            log.Write(outcome with { Error = error });
            return;
        }

        if (target is null ? !rule.Creates : !rule.Updates)
        {
            log.Write(outcome with { Action = ProvisioningAction.Other, Status = ProvisioningResult.Skipped, ModifiedProperties = [] });
            return;
        }

        if (outcome.Action == ProvisioningAction.Disable && !allowed && ++_disabled > deleteThreshold)
        {
            // The whole record waits. The pages name the action, and neither the status nor what else the event says.
            Held++;
            job.Memory.Hold(source.Id, data);
            log.Write(outcome with { Action = ProvisioningAction.StagedDelete, Status = ProvisioningResult.Skipped, ModifiedProperties = [] });
            return;
        }

        bool created = target is null;
        target ??= new DirectoryUser(Guid.NewGuid());
        users.Change(target, changes, source.Id);
        if (created)
        {
            users.Add(target);
        }

        ProvisioningEvent done = outcome with
        {
            TargetId = target.Id,
            TargetName = target.UserPrincipalName,
            Status = changes.Count > 0 ? ProvisioningResult.Success : ProvisioningResult.Skipped,
        };
        job.Memory.Settled(source.Id);
        if (changes.Count > 0)
        {
            Exported++;
            log.Write(done);
        }

        bool referenceWritten = SetManager(flow, target, done);
        if (changes.Count == 0 && !referenceWritten)
        {
            log.Write(done);
        }
    }

    private static ProvisioningAction ActionOf(DirectoryUser? target, IReadOnlyDictionary<string, string?> changes)
    {
        if (target is null)
        {
            return ProvisioningAction.Create;
        }

        if (changes.Count == 0)
        {
            return ProvisioningAction.Other;
        }

        return changes.GetValueOrDefault("accountEnabled") == "False" ? ProvisioningAction.Disable : ProvisioningAction.Update;
    }

    private ProvisioningError? ErrorOf(DirectoryUser? target, IReadOnlyDictionary<string, string?> changes)
    {
        const string Name = "userPrincipalName";
        if (!changes.TryGetValue(Name, out string? name))
        {
            return target is null ? UserErrors.InvalidUserPrincipalName(null) : null;
        }

        if (name is null || !users.Allows(name))
        {
            return UserErrors.InvalidUserPrincipalName(name);
        }

        return users.Find(Name, name) is { } other && other != target ? UserErrors.DuplicateUserPrincipalName(name) : null;
    }

    /// <summary>References are exported by themselves, as a second event of the same change.</summary>
    /// <returns>Whether an event was written.</returns>
    private bool SetManager(UserFlow flow, DirectoryUser user, ProvisioningEvent done)
    {
        if (flow.Manager is not { } wanted)
        {
            return false;
        }

        job.Memory.Resolved(done.SourceId);
        if (wanted.SourceId is not { } managerId)
        {
            return Export(user, null, done);
        }

        if (users.Find(rule.Matching!.Target, managerId) is { } manager)
        {
            return Export(user, manager.Id, done);
        }

        job.Memory.Unresolved(new PendingReference(user.Id, done.SourceId, done.SourceName, managerId));
        log.Write(done with
        {
            Id = Guid.NewGuid(),
            Action = ProvisioningAction.Update,
            Status = ProvisioningResult.Warning,
            OfReference = true,
            Error = UserErrors.UnresolvedManager(managerId),
            ModifiedProperties = [],
        });
        return true;
    }

    /// <summary>In a later run: an event when the manager has come, and none as long as not.</summary>
    private void TryAgain(PendingReference reference)
    {
        lock (users.Gate)
        {
            if (users.Find(rule.Matching?.Target ?? "employeeId", reference.ManagerSourceId) is { } manager
                && users.WithId(reference.UserId) is { } user)
            {
                job.Memory.Resolved(reference.SourceId);
                Export(user, manager.Id, new ProvisioningEvent
                {
                    Job = logged,
                    CycleId = CycleId,
                    ChangeId = Guid.NewGuid(),
                    Action = ProvisioningAction.Update,
                    Status = ProvisioningResult.Success,
                    SourceId = reference.SourceId,
                    SourceName = reference.SourceName,
                    TargetId = user.Id,
                    TargetName = user.UserPrincipalName,
                    DurationInMilliseconds = 50,
                });
            }
        }
    }

    private bool Export(DirectoryUser user, Guid? manager, ProvisioningEvent done)
    {
        if (user.Manager == manager)
        {
            return false;
        }

        Guid? before = user.Manager;
        user.Manager = manager;
        Exported++;
        log.Write(done with
        {
            Id = Guid.NewGuid(),
            Action = ProvisioningAction.Update,
            Status = ProvisioningResult.Success,
            OfReference = true,
            ModifiedProperties = [new("manager", before?.ToString(), manager?.ToString())],
        });
        return true;
    }
}
