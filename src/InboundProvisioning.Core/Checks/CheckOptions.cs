using System.Collections.Generic;
using InboundProvisioning.Applications;

namespace InboundProvisioning.Checks;

/// <summary>What a check goes by.</summary>
public sealed record CheckOptions
{
    /// <summary>Which attribute of a record goes where.</summary>
    public JobMappings Mappings { get; init; } = JobMappings.Default(TargetSystem.EntraId);

    /// <summary>The domains that sign-in names may be in; null where they are not known, so that any is right.</summary>
    public IReadOnlyCollection<string>? VerifiedDomains { get; init; }

    /// <summary>The rules that are not applied; null for none.</summary>
    public IReadOnlyCollection<string>? ExcludedRules { get; init; }
}
