using System;
using System.Collections.Generic;
using System.Linq;
using InboundProvisioning.Logs;

namespace InboundProvisioning.Outcomes;

/// <summary>What the provisioning logs have told anew of the people of a state.</summary>
public sealed record OutcomeSummary
{
    /// <summary>How many failures <see cref="Failures"/> holds at the most; the state knows all.</summary>
    public const int MostFailures = 1000;

    private const int MostNamed = 10;

    /// <summary>From when on events were read; null where nobody waited for news, and nothing was read.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>People whose account is as their record says now.</summary>
    public long Succeeded { get; init; }

    /// <summary>People for whom there was nothing to do, or who are out of scope.</summary>
    public long Skipped { get; init; }

    /// <summary>People who have failed, each told once for the same error.</summary>
    public long Failed { get; init; }

    /// <summary>People who have no outcome yet.</summary>
    public long Open { get; init; }

    /// <summary>People who had no outcome within a day: their records go once more.</summary>
    public long Again { get; init; }

    /// <summary>Who has failed, the first 1,000.</summary>
    public IReadOnlyList<OutcomeFailure> Failures { get; init; } = [];

    /// <summary>The failures in a sentence for each error.</summary>
    internal IEnumerable<string> FailuresInWords()
    {
        foreach (IGrouping<string, OutcomeFailure> group in Failures.GroupBy(static one => one.ErrorCode ?? "no code").OrderByDescending(static group => group.Count()))
        {
            OutcomeFailure first = group.First();
            string people = LogRecords.Names([.. group.Select(static one => one.ExternalId).OrderBy(static id => id, StringComparer.Ordinal)], MostNamed);
            string cause = OutcomeError.Known.Any(error => error.Code == first.ErrorCode) ? OutcomeError.Of(first.ErrorCode).Cause : first.Reason ?? "The logs do not say why.";
            yield return FormattableString.Invariant($"The service failed at {group.Count():N0} people with {group.Key}: {people}. {cause} {first.Remedy}").TrimEnd();
        }
    }

    /// <summary>Together with what was told before: by the same run, of the same people.</summary>
    internal OutcomeSummary After(OutcomeSummary? before) => before is null ? this : this with
    {
        Since = before.Since ?? Since,
        Succeeded = before.Succeeded + Succeeded,
        Skipped = before.Skipped + Skipped,
        Failed = before.Failed + Failed,
        Again = before.Again + Again,
        Failures = [.. before.Failures.Concat(Failures).Take(MostFailures)],
    };
}
