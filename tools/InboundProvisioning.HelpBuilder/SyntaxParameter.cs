namespace InboundProvisioning.HelpBuilder;

/// <summary>A parameter within a parameter set.</summary>
internal sealed record SyntaxParameter(string Name, bool IsRequired, bool IsPositional);
