using System.Collections.Generic;

namespace InboundProvisioning.Emulator.Schema;

/// <summary>
/// A function that attribute mappings may use: https://learn.microsoft.com/graph/api/synchronization-synchronizationschema-functions
/// Of the service's, those that <see cref="FlowExpression"/> computes.
/// </summary>
/// <param name="Name">Its name.</param>
/// <param name="Parameters">Its parameters: name, whether it must be given, whether it may be given several times.</param>
internal sealed record MappingFunction(string Name, IReadOnlyList<(string Name, bool Required, bool Many)> Parameters)
{
    public static IReadOnlyList<MappingFunction> All { get; } =
    [
        new("Coalesce", [("source", true, true), ("defaultValue", false, false)]),
        new("IgnoreFlowIfNullOrEmpty", [("source", true, false)]),
        new("Item", [("source", true, false), ("index", true, false)]),
        new("Join", [("separator", true, false), ("source", true, true)]),
        new(
            "Replace",
            [
                ("source", true, false), ("Find", false, false), ("RegexPattern", false, false), ("RegexGroupName", false, false),
                ("Replacement", false, false), ("ReplacementAttributeName", false, false), ("Template", false, false),
            ]),
        new("Split", [("source", true, false), ("delimiter", true, false)]),
        new("Switch", [("source", true, false), ("defaultValue", true, false), ("key", true, true), ("value", true, true)]),
        new("ToLower", [("source", true, false)]),
        new("ToUpper", [("source", true, false)]),
    ];
}
