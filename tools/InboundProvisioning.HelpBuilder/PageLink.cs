namespace InboundProvisioning.HelpBuilder;

/// <summary>A link; without an address where it leads to another page of the help.</summary>
internal sealed record PageLink(string Text, string? Address);
