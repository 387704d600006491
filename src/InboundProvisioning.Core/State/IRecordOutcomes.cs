using System;
using System.Collections.Generic;
using InboundProvisioning.Records;

namespace InboundProvisioning.State;

/// <summary>What became of the people of a state: what the provisioning logs tell, what was refused, and what the last run held back.</summary>
internal interface IRecordOutcomes
{
    /// <summary>Since when the first person has waited for news: an outcome, or a better one. Null where nobody does.</summary>
    DateTimeOffset? OldestUnsettled();

    /// <summary>How many people wait for an outcome.</summary>
    /// <param name="run">Those whom this run has sent; null: all.</param>
    long CountOpen(long? run);

    /// <summary>Keeps what the logs tell, where it is newer than what is known and of the record last accepted.</summary>
    /// <returns>What is news: outcomes of records that had none, and failures of another kind than before.</returns>
    IReadOnlyList<LoggedOutcome> Settle(IEnumerable<LoggedOutcome> outcomes);

    /// <summary>Whoever was accepted between two times and has no outcome is to go again, once.</summary>
    /// <returns>How many that are.</returns>
    int GiveAnotherChance(DateTimeOffset acceptedAfter, DateTimeOffset acceptedBefore, DateTimeOffset now);

    /// <summary>The people whose record is to go again.</summary>
    HashSet<long> Due(DateTimeOffset now, int maximumAttempts);

    /// <summary>Records that the service has refused and that do not go again now, by person.</summary>
    IReadOnlyDictionary<long, RecordFingerprint> Waiting(DateTimeOffset now, int maximumAttempts);

    /// <summary>Keeps what a run holds back; what the one before did is forgotten.</summary>
    void KeepHeld(IEnumerable<(long Key, string ExternalId, string Reason)> people, long run, DateTimeOffset at);

    /// <summary>One person, or null where nobody is known by that key.</summary>
    ProvisioningRecord? Find(long key);

    /// <summary>Goes through the people, and through those who are refused or held back and were never accepted.</summary>
    /// <param name="since">
    /// Leaves out those who are in no trouble and of whom nothing happened since: not accepted, no outcome, not missing; null: nobody. In
    /// whole seconds.
    /// </param>
    /// <param name="record">Takes them; false ends it.</param>
    void Read(DateTimeOffset? since, Func<ProvisioningRecord, bool> record);
}
