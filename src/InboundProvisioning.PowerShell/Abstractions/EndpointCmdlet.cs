using System;
using System.Management.Automation;
using System.Net;
using InboundProvisioning.Authentication;
using InboundProvisioning.Graph;

namespace InboundProvisioning.PowerShell.Abstractions;

/// <summary>The parameters that say which cloud, and which way there.</summary>
public abstract class EndpointCmdlet : AsyncCmdlet
{
    /// <summary>The cloud. Default Global.</summary>
    [Parameter]
    public CloudEnvironment Environment { get; set; }

    /// <summary>The base URL of a private Microsoft Graph endpoint; https only.</summary>
    [Parameter]
    [ValidateNotNull]
    public Uri? GraphEndpoint { get; set; }

    /// <summary>The base URL of a private sign-in service; https only.</summary>
    [Parameter]
    [ValidateNotNull]
    public Uri? AuthorityHost { get; set; }

    /// <summary>A PEM or DER file with the root certificate of a private endpoint, trusted beside the system's roots.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? TrustedRootCertificatePath { get; set; }

    /// <summary>The proxy; left out, the system's.</summary>
    [Parameter]
    [ValidateNotNull]
    public Uri? Proxy { get; set; }

    /// <summary>The sign-in of the proxy.</summary>
    [Parameter]
    [ValidateNotNull]
    [Credential]
    public PSCredential? ProxyCredential { get; set; }

    /// <summary>The portal's endpoint, where the cmdlet takes one and the user gives it: its host decides on the cloud.</summary>
    internal virtual ProvisioningEndpoint? ParsedEndpoint => null;

    /// <summary>The way to the service that the parameters name, still without a credential.</summary>
    internal ConnectionSettings Settings() => new()
    {
        Endpoints = Endpoints(),
        TrustedRootCertificatePath = FullPath(TrustedRootCertificatePath),
        Proxy = Proxy,
        ProxyCredential = ProxyCredential?.GetNetworkCredential() is NetworkCredential credential ? credential : null,
    };

    /// <summary>A path of the session as a path of the file system.</summary>
    /// <exception cref="InboundProvisioningException"><c>NotAFile</c>.</exception>
    internal string? FullPath(string? path) => path is null ? null : FilePaths.ResolveLiteral(this, path);

    /// <summary>Whether the user has given a parameter.</summary>
    internal bool IsGiven(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    private ServiceEndpoints Endpoints()
    {
        CloudEnvironment? environment = IsGiven(nameof(Environment)) ? Environment : null;
        return ParsedEndpoint is ProvisioningEndpoint endpoint
            ? ServiceEndpoints.CreateFor(endpoint, environment, GraphEndpoint, AuthorityHost)
            : ServiceEndpoints.Create(environment ?? CloudEnvironment.Global, GraphEndpoint, AuthorityHost);
    }
}
