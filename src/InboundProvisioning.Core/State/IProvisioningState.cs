using System;
using System.Collections.Generic;
using InboundProvisioning.Records;

namespace InboundProvisioning.State;

/// <summary>
/// What is known of a provisioning job between two runs: its people with the records last accepted, the requests and their fate, the
/// calls of the last 24 hours, runs, plans, approvals and limits. What it is told is on the disk when a call returns; of a state that is kept
/// elsewhere, where it is kept when <see cref="Save"/> returns.
/// </summary>
internal interface IProvisioningState : IDisposable
{
    /// <summary>What is kept of each person.</summary>
    StateContent Content { get; }

    /// <summary>How many people are known.</summary>
    long People { get; }

    /// <summary>The shapes of the records.</summary>
    ShapeBook Shapes { get; }

    /// <summary>What became of the people.</summary>
    IRecordOutcomes Outcomes { get; }

    /// <summary>A setting of the state, or null.</summary>
    string? Get(string name);

    /// <summary>Keeps a setting; null takes it away.</summary>
    void Set(string name, string? value);

    /// <summary>Goes through all people.</summary>
    void ReadPeople(Action<KnownPerson> person);

    /// <summary>A person with the record last accepted, or null.</summary>
    StoredPerson? Find(long key);

    /// <summary>Takes a person as accepted for as long as the state is open; nothing is kept.</summary>
    void Presume(UserRecord record);

    /// <summary>Takes people as accepted without a call, all or none of them.</summary>
    void Accept(IEnumerable<byte[]> records, DateTimeOffset at);

    /// <summary>Keeps in how many runs in a row people have been missing; 0 for those who are back.</summary>
    void SetMissing(IEnumerable<(long Key, int Runs)> people, long run);

    /// <summary>Forgets people, all of them or none. Copies of the state hold them until they are made anew.</summary>
    /// <param name="externalIds">Whom.</param>
    /// <returns>Those of whom something was known.</returns>
    IReadOnlyList<string> Forget(IEnumerable<string> externalIds);

    /// <summary>Requests that may be at the service: what a run that broke off had sent and not heard of.</summary>
    IReadOnlyList<OutboxRequest> InDoubt();

    /// <summary>Keeps a request before it goes, and counts its call.</summary>
    long Begin(long run, byte[] body, int operations, DateTimeOffset at);

    /// <summary>A request that was in doubt goes again, which is another call.</summary>
    void BeginAgain(long request, DateTimeOffset at);

    /// <summary>Keeps what became of a request; the people of an accepted one are known from then on.</summary>
    void Settle(long request, RequestOutcome outcome);

    /// <summary>A request has not gone after all, and its call has not been made; one that was in doubt before stays so.</summary>
    void Withdraw(long request);

    /// <summary>The calls since a time.</summary>
    int CallsSince(DateTimeOffset time);

    /// <summary>A run begins.</summary>
    long BeginRun(DateTimeOffset at);

    /// <summary>A run ends.</summary>
    void EndRun(long run, RunRecord record);

    /// <summary>Keeps another result of a run.</summary>
    void SetResult(long run, string result);

    /// <summary>The last runs, the newest first.</summary>
    /// <param name="count">How many.</param>
    /// <param name="unfinished">Those too that have not ended.</param>
    /// <param name="upTo">The newest that is wanted.</param>
    IReadOnlyList<RunRecord> Runs(int count, bool unfinished = false, long upTo = long.MaxValue);

    /// <summary>Keeps a plan that was stopped, with what each stop is about.</summary>
    void KeepPlan(string plan, long run, DateTimeOffset at, IReadOnlyDictionary<string, HashSet<long>> concerns);

    /// <summary>Whether a plan is known.</summary>
    bool HasPlan(string plan);

    /// <summary>What a stop of a plan is about.</summary>
    HashSet<long>? Concerns(string plan, string stop);

    /// <summary>Keeps an approval.</summary>
    void Approve(PlanApproval approval);

    /// <summary>The approvals that are neither used up nor expired, the newest first.</summary>
    IReadOnlyList<PlanApproval> Approvals(DateTimeOffset now);

    /// <summary>An approval is used up.</summary>
    void UseUp(string plan, long run);

    /// <summary>Limits that are kept, by name.</summary>
    IReadOnlyDictionary<string, string> Safeguards();

    /// <summary>Keeps a limit; null takes it away.</summary>
    void SetSafeguard(string name, string? value);

    /// <summary>Since when stops have been so, by name.</summary>
    IReadOnlyDictionary<string, DateTimeOffset> Stops();

    /// <summary>Keeps the stops of a run; those that are no more are forgotten.</summary>
    void SetStops(IReadOnlyCollection<string> names, DateTimeOffset at, long run);

    /// <summary>Holds a state that is kept elsewhere, where <see cref="Save"/> brings it; null where this disk keeps it.</summary>
    StateKeeper? Keeper { get; }

    /// <summary>Brings all that the state was told to where it is kept; nothing where that is this disk, on which it is already.</summary>
    void Save();

    /// <summary>Makes a copy of the state beside it; so many are kept. Of one that is kept elsewhere, as it was saved last.</summary>
    void Copy();
}
