namespace InboundProvisioning.Authentication;

/// <summary>
/// The Microsoft clouds that Microsoft Graph is offered in:
/// https://learn.microsoft.com/graph/deployments.
/// </summary>
public enum CloudEnvironment
{
    /// <summary>The worldwide cloud: graph.microsoft.com.</summary>
    Global,

    /// <summary>US Government L4: graph.microsoft.us.</summary>
    USGov,

    /// <summary>US Government L5 (Department of Defense): dod-graph.microsoft.us.</summary>
    USGovDoD,

    /// <summary>China, operated by 21Vianet: microsoftgraph.chinacloudapi.cn.</summary>
    China,
}
