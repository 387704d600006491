using System.Collections.Generic;

namespace InboundProvisioning.Emulator.Schema;

/// <summary>
/// An operator of scoping filters: https://learn.microsoft.com/entra/identity/app-provisioning/define-conditional-rules-for-provisioning-user-accounts
/// </summary>
internal sealed record ScopeOperator(string Name, bool IsUnary, IReadOnlyList<string> AttributeTypes)
{
    private static readonly string[] Comparable = ["String", "Integer"];

    public static IReadOnlyList<ScopeOperator> All { get; } =
    [
        new("EQUALS", false, Comparable),
        new("NOT EQUALS", false, Comparable),
        new("IS TRUE", true, ["Boolean"]),
        new("IS FALSE", true, ["Boolean"]),
        new("IS NULL", true, ["String", "Integer", "Reference", "Binary", "Boolean", "DateTime"]),
        new("IS NOT NULL", true, ["String", "Integer", "Reference", "Binary", "Boolean", "DateTime"]),
        new("REGEX MATCH", false, ["String"]),
        new("NOT REGEX MATCH", false, ["String"]),
        new("Greater_Than", false, ["Integer"]),
        new("Greater_Than_OR_EQUALS", false, ["Integer"]),
        new("Includes", false, ["String"]),
    ];
}
