using System.Collections.Generic;

namespace InboundProvisioning.Reports;

/// <summary>How it went, in words.</summary>
/// <param name="Level">How urgent it is.</param>
/// <param name="Word">In one or two words.</param>
/// <param name="Sentence">In a sentence or two, after the word.</param>
/// <param name="Steps">What to do next, the first thing first.</param>
public sealed record ReportVerdict(ReportLevel Level, string Word, string Sentence, IReadOnlyList<ReportStep> Steps);
