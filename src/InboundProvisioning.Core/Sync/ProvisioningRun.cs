using System;
using System.Collections.Generic;
using System.Text.Json;
using InboundProvisioning.State;

namespace InboundProvisioning.Sync;

/// <summary>A run of the past, as its state keeps it: numbers, no ids, no values.</summary>
public sealed record ProvisioningRun
{
    /// <summary>Its number in the state.</summary>
    public required long RunId { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedOn { get; init; }

    /// <summary>How long it took; null where it did not come to its end.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>How it ended: a <see cref="SyncStatus"/>, or <c>Unfinished</c> where it was killed or still goes on.</summary>
    public required string Status { get; init; }

    /// <summary>Its exit code; null where it did not come to its end.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The plan that it followed, or null.</summary>
    public string? PlanId { get; init; }

    /// <summary>Rows of the source.</summary>
    public long Rows { get; init; }

    /// <summary>Rows that could not be used.</summary>
    public long Rejected { get; init; }

    /// <summary>New people.</summary>
    public long New { get; init; }

    /// <summary>People of whom attributes changed.</summary>
    public long Changed { get; init; }

    /// <summary>People who were active again.</summary>
    public long Reactivated { get; init; }

    /// <summary>People who were not active any more.</summary>
    public long Deactivated { get; init; }

    /// <summary>People whose record was as it was.</summary>
    public long Unchanged { get; init; }

    /// <summary>Known people who were not in the source.</summary>
    public long Missing { get; init; }

    /// <summary>Records that were held back.</summary>
    public long Held { get; init; }

    /// <summary>Records that waited for another change of their person.</summary>
    public long Waiting { get; init; }

    /// <summary>Records that went again as they were.</summary>
    public long Again { get; init; }

    /// <summary>Records that were sent.</summary>
    public long Sent { get; init; }

    /// <summary>Records that the service has taken.</summary>
    public long Accepted { get; init; }

    /// <summary>Records that it did not take.</summary>
    public long Refused { get; init; }

    /// <summary>Records that were left for the next run.</summary>
    public long Left { get; init; }

    /// <summary>People of whom it learned that the service had failed.</summary>
    public long Failed { get; init; }

    /// <summary>Calls that it made.</summary>
    public int Calls { get; init; }

    /// <summary>The names of what held it back.</summary>
    public IReadOnlyList<string> Stops { get; init; } = [];

    /// <summary>The last runs of a state, the newest first.</summary>
    /// <param name="statePath">The state.</param>
    /// <param name="count">How many.</param>
    /// <exception cref="InboundProvisioningException"><c>StateNotFound</c>, and what is wrong with the file.</exception>
    public static IReadOnlyList<ProvisioningRun> Read(StateLocation statePath, int count)
    {
        using SqliteState state = StateAccess.OpenToRead(statePath);
        return Read(state, count);
    }

    internal static IReadOnlyList<ProvisioningRun> Read(IProvisioningState state, int count)
    {
        ProvisioningRun[] runs = [.. Of(state.Runs(count, unfinished: true))];
        return runs;
    }

    private static IEnumerable<ProvisioningRun> Of(IReadOnlyList<RunRecord> records)
    {
        foreach (RunRecord record in records)
        {
            RunSummary? result = record.IsFinished ? JsonSerializer.Deserialize(record.Result, SyncJson.Default.RunSummary) : null;
            yield return new ProvisioningRun
            {
                RunId = record.Id,
                StartedOn = record.StartedOn,
                Duration = record.IsFinished ? record.EndedOn - record.StartedOn : null,
                Status = record.Status,
                ExitCode = result?.ExitCode,
                PlanId = record.Plan,
                Rows = result?.Rows ?? 0,
                Rejected = result?.Rejected ?? 0,
                New = result?.New ?? 0,
                Changed = result?.Changed ?? 0,
                Reactivated = result?.Reactivated ?? 0,
                Deactivated = result?.Deactivated ?? 0,
                Unchanged = result?.Unchanged ?? 0,
                Missing = result?.Missing ?? 0,
                Held = result?.Held ?? 0,
                Waiting = result?.Waiting ?? 0,
                Again = result?.Again ?? 0,
                Sent = result?.Sent ?? 0,
                Accepted = result?.Accepted ?? 0,
                Refused = result?.Refused ?? 0,
                Left = result?.Left ?? 0,
                Failed = result?.Failed ?? 0,
                Calls = result?.Calls ?? 0,
                Stops = result?.Stops ?? [],
            };
        }
    }
}
