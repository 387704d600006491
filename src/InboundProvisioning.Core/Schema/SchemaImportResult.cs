using System.Collections.Generic;

namespace InboundProvisioning.Schema;

/// <summary>An import that was carried out, or was not needed.</summary>
public sealed record SchemaImportResult
{
    /// <summary>The object id of the service principal.</summary>
    public required string ServicePrincipalId { get; init; }

    /// <summary>The id of the job.</summary>
    public required string JobId { get; init; }

    /// <summary>The file that was imported.</summary>
    public required string Path { get; init; }

    /// <summary>Changed, or Existing where the job had the same schema.</summary>
    public required SchemaChangeStatus Status { get; init; }

    /// <summary>What the import changed, a line each: <c>+</c> added, <c>-</c> removed, <c>~</c> changed.</summary>
    public required IReadOnlyList<string> Differences { get; init; }

    /// <summary>The ids of the file that became those of the job, a line each.</summary>
    public required IReadOnlyList<string> RewrittenIds { get; init; }

    /// <summary>The file with the schema as it was before, or null where nothing was changed.</summary>
    public string? BackupPath { get; init; }
}
