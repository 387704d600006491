using System;

namespace InboundProvisioning.Emulator.Cycles;

/// <summary>One run of a job: what <c>POST /emulator/cycle</c> answers for it.</summary>
/// <param name="JobId">The job.</param>
/// <param name="CycleId">The run, as its events in the logs name it.</param>
/// <param name="Imported">Records that were processed.</param>
/// <param name="Exported">Changes that were made in the directory.</param>
/// <param name="Failed">Records that failed.</param>
/// <param name="Held">Records that would have disabled a user past the deletion threshold.</param>
public sealed record CycleResult(string JobId, Guid CycleId, int Imported, int Exported, int Failed, int Held);
