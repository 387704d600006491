using System.Collections.Generic;

namespace InboundProvisioning.Sync;

/// <summary>What the check of a run found by one rule of one attribute, of records that it does not hold back.</summary>
/// <param name="RuleName">The rule.</param>
/// <param name="Attribute">The attribute.</param>
/// <param name="Records">Of how many records.</param>
/// <param name="ExternalIds">Whose; the first of them.</param>
internal sealed record RunFinding(string RuleName, string Attribute, long Records, IReadOnlyList<string> ExternalIds);
