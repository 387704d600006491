using System;
using System.Collections.Generic;
using System.Globalization;

namespace InboundProvisioning.Emulator.Logs;

/// <summary>Events made up for tests and benchmarks: cycles of the same size, 40 minutes apart, the last of them ending now.</summary>
internal static class GeneratedEvents
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(40);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    private static readonly IReadOnlyList<ModifiedProperty> Created =
        [new("employeeId", null, "0"), new("displayName", null, "Generated"), new("accountEnabled", null, "True")];

    private static readonly IReadOnlyList<ModifiedProperty> Updated = [new("department", "Sales", "Marketing")];

    private static readonly ProvisioningError Invalid = new(
        "AzureActiveDirectoryInvalidUserPrincipalName", "The userPrincipalName is not valid.", null);

    /// <param name="job">The job that they are of.</param>
    /// <param name="count">How many.</param>
    /// <param name="eventsPerCycle">The size of a cycle.</param>
    /// <param name="now">When the last one was.</param>
    public static IEnumerable<ProvisioningEvent> Of(LoggedJob job, int count, int eventsPerCycle, DateTimeOffset now)
    {
        int cycles = (count + eventsPerCycle - 1) / eventsPerCycle;
        Guid changeId = default;
        Guid cycleId = default;
        for (int i = 0; i < count; i++)
        {
            (int cycle, int place) = Math.DivRem(i, eventsPerCycle);
            int size = Math.Min(eventsPerCycle, count - (cycle * eventsPerCycle));
            DateTimeOffset time = now - ((cycles - 1 - cycle) * Interval) - ((size - 1 - place) * Step);
            cycleId = place == 0 ? Guid.NewGuid() : cycleId;

            // Each tenth user has a second event: the manager.
            bool second = place % 11 == 10;
            changeId = second ? changeId : Guid.NewGuid();
            string source = (100_000 + i - (second ? 1 : 0)).ToString(CultureInfo.InvariantCulture);
            yield return Kind(second ? -1 : i % 10, new ProvisioningEvent
            {
                ActivityDateTime = time.UtcDateTime,
                Recorded = time,
                Job = job,
                CycleId = cycleId,
                ChangeId = changeId,
                Action = ProvisioningAction.Update,
                Status = ProvisioningResult.Success,
                SourceId = source,
                SourceName = $"User {source}",
                TargetName = $"user{source}@contoso.com",
                TargetId = Guid.NewGuid(),
                OfReference = second,
                ModifiedProperties = Updated,
                DurationInMilliseconds = 100 + (i % 300),
            });
        }
    }

    private static ProvisioningEvent Kind(int kind, ProvisioningEvent update) => kind switch
    {
        0 or 1 or 2 => update with { Action = ProvisioningAction.Create, ModifiedProperties = Created },
        3 => update with { Action = ProvisioningAction.Disable },
        4 or 5 => update with { Action = ProvisioningAction.Other, Status = ProvisioningResult.Skipped, ModifiedProperties = [] },
        6 => update with { Action = ProvisioningAction.Create, Status = ProvisioningResult.Failure, Error = Invalid, TargetId = null, TargetName = "" },
        _ => update,
    };
}
