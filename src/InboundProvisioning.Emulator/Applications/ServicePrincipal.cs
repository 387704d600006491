using System;
using System.Collections.Generic;

namespace InboundProvisioning.Emulator.Applications;

/// <summary>The properties of a service principal that the emulator keeps: https://learn.microsoft.com/graph/api/resources/serviceprincipal</summary>
internal sealed record ServicePrincipal(Guid Id, Guid AppId, string DisplayName, Guid? ApplicationTemplateId)
{
    public bool AccountEnabled { get; init; } = true;

    /// <summary>Of a managed identity, the Azure resource that it belongs to.</summary>
    public IReadOnlyList<string> AlternativeNames { get; init; } = [];

    /// <summary>The application permissions that this application offers.</summary>
    public IReadOnlyList<AppRole> AppRoles { get; init; } = [];

    public string ServicePrincipalType { get; init; } = "Application";
}
