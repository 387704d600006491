using System;
using System.Management.Automation;
using InboundProvisioning.Authentication;
using InboundProvisioning.Authentication.Credentials;
using InboundProvisioning.Graph;
using InboundProvisioning.Jobs;

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

    /// <summary>Opens a connection with the credential and the way to the service that the parameters name. No call is made.</summary>
    /// <exception cref="InboundProvisioningException">As <see cref="CredentialParameters.Read"/> and <see cref="ServiceConnection.Open"/>, and <c>NotAFile</c>.</exception>
    internal ServiceConnection Open(ICredentialParameters parameters) => ServiceConnection.Open(
        new ConnectionSettings
        {
            Endpoints = Endpoints(),
            TrustedRootCertificatePath = TrustedRootCertificatePath is null ? null : FullPath(TrustedRootCertificatePath),
            Proxy = Proxy,
            ProxyCredential = ProxyCredential?.GetNetworkCredential(),
            Credential = CredentialParameters.Read(parameters, FullPath, ShowCode),
        },
        TimeProvider.System);

    /// <summary>Whether the user has given a parameter.</summary>
    internal bool IsGiven(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    private string FullPath(string path) => FilePaths.ResolveLiteral(this, path);

    // A warning shows in every host and in the logs of runs that nobody watches, where the code explains the wait.
    private void ShowCode(DeviceCodePrompt code) => Pipeline?.Post(() => WriteWarning(code.ToString()));

    private ServiceEndpoints Endpoints()
    {
        CloudEnvironment? environment = IsGiven(nameof(Environment)) ? Environment : null;
        return ParsedEndpoint is ProvisioningEndpoint endpoint
            ? ServiceEndpoints.CreateFor(endpoint.Graph, environment, GraphEndpoint, AuthorityHost)
            : ServiceEndpoints.Create(environment ?? CloudEnvironment.Global, GraphEndpoint, AuthorityHost);
    }
}
