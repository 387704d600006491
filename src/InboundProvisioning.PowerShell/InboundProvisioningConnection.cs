using System;
using InboundProvisioning.Authentication;

namespace InboundProvisioning.PowerShell;

/// <summary>A connection as the session sees it: who, to what, until when. It shows no secret.</summary>
public sealed class InboundProvisioningConnection
{
    internal InboundProvisioningConnection(ServiceConnection service, ProvisioningTarget target, DateTimeOffset? expiresOn)
    {
        Service = service;
        Target = target;
        ExpiresOn = expiresOn;
    }

    /// <summary>The tenant that was named at sign-in; null where a given token does not say.</summary>
    public string? TenantId => Service.TenantId;

    /// <summary>The app that signed in; null where a given token does not say.</summary>
    public string? ClientId => Service.ClientId;

    /// <summary>The kind of credential in words.</summary>
    public string Credential => Service.Credential;

    /// <summary>The cloud.</summary>
    public CloudEnvironment Environment => Service.Endpoints.Environment;

    /// <summary>The base URL of Microsoft Graph.</summary>
    public Uri Graph => Service.Endpoints.Graph;

    /// <summary>The service principal that is sent to; null where none was named.</summary>
    public string? ServicePrincipalId => Target.ServicePrincipalId;

    /// <summary>The provisioning job that is sent to; null where it is looked up.</summary>
    public string? JobId => Target.JobId;

    /// <summary>When the first token ends, or null where a given token does not say. Tokens renew themselves, given ones excepted.</summary>
    public DateTimeOffset? ExpiresOn { get; }

    internal ServiceConnection Service { get; }

    internal ProvisioningTarget Target { get; }
}
