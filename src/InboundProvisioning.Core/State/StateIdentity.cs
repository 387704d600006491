namespace InboundProvisioning.State;

/// <summary>Whose state it is.</summary>
/// <param name="JobId">The id of the provisioning job, which holds the tenant's.</param>
/// <param name="ServicePrincipalId">The service principal as it was named.</param>
/// <param name="Graph">The host of Microsoft Graph.</param>
public sealed record StateIdentity(string JobId, string ServicePrincipalId, string Graph);
