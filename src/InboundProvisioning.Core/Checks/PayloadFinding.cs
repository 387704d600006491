namespace InboundProvisioning.Checks;

/// <summary>What the check found of a record.</summary>
public sealed record PayloadFinding
{
    /// <summary>Whose record it is; null where it has no externalId.</summary>
    public string? ExternalId { get; init; }

    /// <summary>How much it matters.</summary>
    public required FindingSeverity Severity { get; init; }

    /// <summary>The rule that found it: its name does not change.</summary>
    public required string RuleName { get; init; }

    /// <summary>The attribute, by its SCIM path: <c>userName</c>, <c>emails[type eq "work"].value</c>.</summary>
    public required string Attribute { get; init; }

    /// <summary>The attribute of the directory that the job's mapping writes it to; null where that does not matter.</summary>
    public string? TargetAttribute { get; init; }

    /// <summary>What is wrong.</summary>
    public required string Message { get; init; }

    /// <summary>What to do.</summary>
    public required string Remedy { get; init; }

    /// <summary>The page that has the rule.</summary>
    public required string HelpUri { get; init; }

    /// <summary>The file, or what stands for the pipeline; null where the finding is of no payload.</summary>
    public string? Source { get; init; }

    /// <summary>The number of the document in its source, from 1; 0 where the finding is of no single record of a payload.</summary>
    public int Document { get; init; }

    /// <summary>The number of the operation in its document, from 1; 0 where the finding is of no single record of a payload.</summary>
    public int Operation { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{ExternalId ?? "a record without externalId"}: {Message} ({RuleName})";
}
