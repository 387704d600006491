using System;
using System.Globalization;

namespace InboundProvisioning.Jobs;

/// <summary>
/// One cycle of a job: https://learn.microsoft.com/graph/api/resources/synchronization-synchronizationtaskexecution.
/// </summary>
public sealed record JobExecution
{
    /// <summary><c>Succeeded</c>, <c>Failed</c>, <c>EntryLevelErrors</c>, or what the service may add.</summary>
    public string? State { get; init; }

    /// <summary>The id of the execution, for Microsoft's support.</summary>
    public string? ActivityId { get; init; }

    /// <summary>When it began.</summary>
    public DateTimeOffset? Began { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>Objects that were read.</summary>
    public long Imported { get; init; }

    /// <summary>Objects that were read because they had changed.</summary>
    public long ImportedDeltas { get; init; }

    /// <summary>Objects that were read because one that they refer to had changed, such as a manager.</summary>
    public long ImportedReferenceDeltas { get; init; }

    /// <summary>Objects in scope.</summary>
    public long Entitled { get; init; }

    /// <summary>Objects in scope that are to be provisioned.</summary>
    public long EntitledForProvisioning { get; init; }

    /// <summary>Objects that failed and are tried again.</summary>
    public long Escrowed { get; init; }

    /// <summary>The same, those among them that are held back on purpose.</summary>
    public long EscrowedRaw { get; init; }

    /// <summary>Objects that were written.</summary>
    public long Exported { get; init; }

    /// <summary>Objects that were to be written.</summary>
    public long Exports { get; init; }

    /// <summary>Why it failed, or null.</summary>
    public SynchronizationFault? Error { get; init; }

    /// <inheritdoc/>
    public override string ToString() => string.Format(
        CultureInfo.InvariantCulture,
        "{0}, {1:u} to {2:u}: {3} imported, {4} exported, {5} failed and to be tried again{6}",
        State ?? "unknown", Began, Ended, Imported, Exported, Escrowed, Error is null ? string.Empty : $" ({Error})");
}
