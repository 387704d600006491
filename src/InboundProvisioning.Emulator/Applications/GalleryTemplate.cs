using System;
using System.Collections.Generic;

namespace InboundProvisioning.Emulator.Applications;

/// <summary>
/// An application of the gallery from which inbound provisioning apps are made:
/// https://learn.microsoft.com/entra/identity/app-provisioning/inbound-provisioning-api-configure-app
/// </summary>
/// <param name="Id">Its id, the same in every tenant.</param>
/// <param name="DisplayName">Its name in the gallery.</param>
/// <param name="SynchronizationTemplateId">The template of its synchronization jobs.</param>
internal sealed record GalleryTemplate(Guid Id, string DisplayName, string SynchronizationTemplateId)
{
    public static IReadOnlyList<GalleryTemplate> All { get; } =
    [
        new(TenantApplications.ApiDrivenToEntraId, "API-driven provisioning to Microsoft Entra ID", "API2AAD"),
        new(new("ec7c5431-5d84-453f-80d3-e3385e284eef"), "API-driven provisioning to on-premises Active Directory", "API2AD"),
    ];
}
