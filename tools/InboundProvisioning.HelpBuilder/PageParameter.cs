using System;
using System.Collections.Generic;

namespace InboundProvisioning.HelpBuilder;

/// <summary>A parameter: its text and its facts, spelled as on the page.</summary>
internal sealed record PageParameter(string Name, IReadOnlyList<string> Description, IReadOnlyDictionary<string, string> Facts)
{
    /// <summary>The names of the facts, in the order in which a page gives them.</summary>
    public static IReadOnlyList<string> FactNames { get; } =
    [
        "Type", "Parameter Sets", "Aliases", "Accepted values", "Required", "Position", "Default value", "Accept pipeline input",
        "Accept wildcard characters",
    ];

    public string Type => Facts["Type"];

    public string ParameterSets => Facts["Parameter Sets"];

    public string Aliases => Facts.GetValueOrDefault("Aliases", string.Empty);

    public IReadOnlyList<string> AcceptedValues =>
        Facts.TryGetValue("Accepted values", out string? values) ? values.Split(", ") : [];

    public string Required => Facts["Required"];

    public string Position => Facts["Position"];

    public string DefaultValue => Facts["Default value"];

    public string PipelineInput => Facts["Accept pipeline input"];

    public string Wildcards => Facts["Accept wildcard characters"];

    public bool IsSwitch => Type == "SwitchParameter";

    public bool TakesArray => Type.EndsWith("[]", StringComparison.Ordinal);
}
