namespace InboundProvisioning.Checks;

/// <summary>A rule of the check.</summary>
/// <param name="Name">The stable name: scripts match on it.</param>
/// <param name="Severity">The severity of what it finds; a finding that rests on an assumption is a warning.</param>
/// <param name="Words">What it finds, in words that fit behind an attribute and name nobody.</param>
/// <param name="Remedy">What to do.</param>
/// <param name="HelpUri">The page that has the rule.</param>
public sealed record CheckRule(string Name, FindingSeverity Severity, string Words, string Remedy, string HelpUri);
