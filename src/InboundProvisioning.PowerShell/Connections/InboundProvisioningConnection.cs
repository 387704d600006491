using System;
using System.Collections.Generic;
using InboundProvisioning.Authentication;
using InboundProvisioning.Graph;
using InboundProvisioning.Jobs;

namespace InboundProvisioning.PowerShell.Connections;

/// <summary>A connection as the session sees it: who, to what, until when, with which permissions. It shows no secret.</summary>
public sealed class InboundProvisioningConnection
{
    private const string Unknown = "Unknown";

    internal InboundProvisioningConnection(ServiceConnection service, ProvisioningTarget target)
    {
        Service = service;
        Target = target;
    }

    /// <summary>The person who signed in; null for an app by itself, or where the token does not say.</summary>
    public string? Account => Service.Tokens.Current?.Account;

    /// <summary>The tenant that was named at sign-in, else that of the token; null where it does not say.</summary>
    public string? TenantId => Service.TenantId;

    /// <summary>The app that signed in; null where a given token does not say.</summary>
    public string? ClientId => Service.ClientId;

    /// <summary>The kind of credential in words.</summary>
    public string Credential => Service.Credential;

    /// <summary>Whether an app acts by itself or for a person.</summary>
    public AuthenticationType AuthenticationType => Service.AuthenticationType;

    /// <summary>The cloud.</summary>
    public CloudEnvironment Environment => Service.Endpoints.Environment;

    /// <summary>The base URL of Microsoft Graph.</summary>
    public Uri Graph => Service.Endpoints.Graph;

    /// <summary>The service principal that is sent to; null where none was named.</summary>
    public string? ServicePrincipalId => Target.ServicePrincipalId;

    /// <summary>The display name of the app that is sent to, where it was named so.</summary>
    public string? ApplicationName => Target.ApplicationName;

    /// <summary>The provisioning job that is sent to; null where it is looked up.</summary>
    public string? JobId => Target.JobId;

    /// <summary>When the latest token ends, or null where a given token does not say. Tokens renew themselves, given ones excepted.</summary>
    public DateTimeOffset? ExpiresOn => Service.Tokens.Current?.ExpiresOn;

    /// <summary>
    /// The roles of an app or the scopes of a person that the latest token carries; <c>Unknown</c> where the token is not a JWT. Microsoft
    /// Graph alone decides: this is what the token says of itself.
    /// </summary>
    public IReadOnlyList<string> Permissions => KnownPermissions ?? [Unknown];

    /// <summary>Whether the cmdlets of its session use this connection where none is named.</summary>
    public bool IsDefault => Session?.Default == this;

    internal IReadOnlyList<string>? KnownPermissions => Service.Tokens.Current?.Claims?.Permissions;

    /// <summary>The session that it belongs to; null once it is closed.</summary>
    internal SessionConnections? Session { get; set; }

    internal ServiceConnection Service { get; }

    internal ProvisioningTarget Target { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Account ?? ClientId ?? Credential} of tenant {TenantId ?? Unknown}";
}
