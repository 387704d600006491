using System;
using System.Collections.Generic;
using InboundProvisioning.State;

namespace InboundProvisioning.Outcomes;

/// <summary>Counts what is news of the people of a state.</summary>
internal sealed class OutcomeCounter
{
    private readonly long[] _counts = new long[(int)RecordStatus.Failed + 1];
    private readonly List<OutcomeFailure> _failures = [];
    private long _secondChances;

    public void Add(IReadOnlyList<LoggedOutcome> news)
    {
        foreach (LoggedOutcome outcome in news)
        {
            _counts[(int)outcome.Status]++;
            if (outcome.Status == RecordStatus.Failed && _failures.Count < OutcomeSummary.MostFailures)
            {
                _failures.Add(new OutcomeFailure(outcome.ExternalId, outcome.Action, outcome.ErrorCode, outcome.Reason, outcome.Remedy));
            }
        }
    }

    public void AddSecondChances(int count) => _secondChances += count;

    public OutcomeSummary Summary(long open, DateTimeOffset? since) => new()
    {
        Since = since,
        Succeeded = _counts[(int)RecordStatus.Succeeded],
        Skipped = _counts[(int)RecordStatus.Skipped],
        Failed = _counts[(int)RecordStatus.Failed],
        Open = open,
        Again = _secondChances,
        Failures = [.. _failures],
    };
}
