using System.Collections.Generic;

namespace InboundProvisioning.Proposal;

/// <summary>What the name of a column means, in one reading.</summary>
/// <param name="Meanings">The meanings of its words.</param>
/// <param name="Unknown">How many of its words are not known.</param>
internal sealed record HeaderMeaning(IReadOnlyCollection<string> Meanings, int Unknown);
