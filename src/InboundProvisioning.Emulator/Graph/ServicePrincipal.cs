using System;

namespace InboundProvisioning.Emulator.Graph;

/// <summary>The properties of a service principal that the emulator keeps: https://learn.microsoft.com/graph/api/resources/serviceprincipal</summary>
internal sealed record ServicePrincipal(
    Guid Id, Guid AppId, string DisplayName, Guid? ApplicationTemplateId, bool AccountEnabled = true, string ServicePrincipalType = "Application");
