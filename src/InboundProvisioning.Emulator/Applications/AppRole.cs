using System;
using System.Collections.Generic;

namespace InboundProvisioning.Emulator.Applications;

/// <summary>An application permission: https://learn.microsoft.com/graph/api/resources/approle</summary>
/// <param name="Id">The id by which it is assigned.</param>
/// <param name="Value">The name that stands in the <c>roles</c> claim of tokens.</param>
/// <param name="DisplayName">What consent pages call it.</param>
internal sealed record AppRole(Guid Id, string Value, string DisplayName)
{
    public IReadOnlyList<string> AllowedMemberTypes { get; init; } = ["Application"];

    public string Description { get; init; } = DisplayName;

    public bool IsEnabled { get; init; } = true;

    public string Origin { get; init; } = "Application";
}
