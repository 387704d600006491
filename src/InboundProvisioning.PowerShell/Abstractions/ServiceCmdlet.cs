using System;
using System.Linq;
using System.Management.Automation;
using System.Security;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Authentication;
using InboundProvisioning.Graph;
using InboundProvisioning.Http;
using InboundProvisioning.Jobs;
using InboundProvisioning.Permissions;
using InboundProvisioning.PowerShell.Completers;
using InboundProvisioning.PowerShell.Connections;

namespace InboundProvisioning.PowerShell.Abstractions;

/// <summary>
/// A cmdlet that calls the service: over the session's connection, or over one of its own where the credential is given here.
/// </summary>
public abstract class ServiceCmdlet : EndpointCmdlet, ICredentialParameters
{
    private static readonly string[] ConnectionParameters =
    [
        nameof(TenantId), nameof(ClientId), nameof(CertificatePassword), nameof(Environment), nameof(GraphEndpoint),
        nameof(AuthorityHost), nameof(TrustedRootCertificatePath), nameof(Proxy), nameof(ProxyCredential),
    ];

    private ServiceConnection? _own;

    /// <summary>The tenant's id or one of its domains.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? TenantId { get; set; }

    /// <summary>The id of the app that signs in.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ClientId { get; set; }

    /// <summary>A certificate with its private key.</summary>
    [Parameter]
    [Alias("ClientCertificate")]
    [ValidateNotNull]
    public X509Certificate2? Certificate { get; set; }

    /// <summary>The thumbprint of a certificate in CurrentUser\My or LocalMachine\My.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CertificateThumbprintCompleter))]
    public string? CertificateThumbprint { get; set; }

    /// <summary>A PFX file, or in PowerShell 7 a PEM file that holds the key too.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CertificatePath { get; set; }

    /// <summary>The password of CertificatePath.</summary>
    [Parameter]
    [ValidateNotNull]
    public SecureString? CertificatePassword { get; set; }

    /// <summary>The value of a client secret.</summary>
    [Parameter]
    [ValidateNotNull]
    public SecureString? ClientSecret { get; set; }

    /// <summary>A client secret as the password, with the id of the app as the user name.</summary>
    [Parameter]
    [ValidateNotNull]
    [Credential]
    public PSCredential? ClientSecretCredential { get; set; }

    /// <summary>A file with a token of another identity provider that the app trusts; read anew for each sign-in.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? FederatedTokenPath { get; set; }

    /// <summary>The managed identity of this Azure resource: the system-assigned one, or with ClientId a user-assigned one.</summary>
    [Parameter]
    public SwitchParameter Identity { get; set; }

    /// <summary>A person signs in with a code, in a browser anywhere.</summary>
    [Parameter]
    public SwitchParameter UseDeviceCode { get; set; }

    /// <summary>A person signs in with the browser of this computer.</summary>
    [Parameter]
    public SwitchParameter Interactive { get; set; }

    /// <summary>An access token for Microsoft Graph that was got elsewhere; it cannot be renewed.</summary>
    [Parameter]
    [ValidateNotNull]
    public SecureString? AccessToken { get; set; }

    /// <summary>A connection of Connect-InboundProvisioning; left out, the last one that was made.</summary>
    [Parameter]
    [ValidateNotNull]
    public InboundProvisioningConnection? Connection { get; set; }

    /// <summary>A person is asked for what the cmdlet needs; Connect-InboundProvisioning has -Scope for others.</summary>
    string[]? ICredentialParameters.Scope =>
        UseDeviceCode.IsPresent || Interactive.IsPresent ? [.. GraphPermissions.DelegatedFor(MyInvocation.MyCommand.Name)] : null;

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _own?.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>The connection to use, and the job that was named when it was made.</summary>
    /// <exception cref="InboundProvisioningException">
    /// <c>NotConnected</c>, <c>ConnectionClosed</c>, <c>CredentialMissing</c>, <c>CredentialConflict</c>, and the faults of the parameters.
    /// </exception>
    internal (ServiceConnection Connection, ProvisioningTarget Target) Connect()
    {
        if (CredentialParameters.Given(this).Count == 0)
        {
            return OfSession();
        }

        return Connection is null
            ? (_own ??= Open(this), ProvisioningTarget.None)
            : throw new InboundProvisioningException(
                "CredentialConflict", FaultKind.InvalidArgument, "-Connection brings its own credential. Give that or another one, not both.");
    }

    /// <summary>
    /// Does work that calls Microsoft Graph on a worker thread, while the pipeline thread carries out what it posts. A fault of
    /// the work ends the cmdlet; that of one item is written with <see cref="GraphRun.WriteFault"/>.
    /// </summary>
    internal void RunWithGraph(Func<GraphRun, CancellationToken, Task> work)
    {
        try
        {
            (ServiceConnection connection, ProvisioningTarget target) = Connect();
            using GraphClient graph = connection.CreateGraphClient(new RetrySettings(), TimeProvider.System);
            RunOnWorker((pipeline, stop) => work(new GraphRun(this, connection, target, graph, pipeline), stop));
        }
        catch (InboundProvisioningException fault)
        {
            ThrowFault(fault);
        }
    }

    private (ServiceConnection Connection, ProvisioningTarget Target) OfSession()
    {
        if (ConnectionParameters.FirstOrDefault(IsGiven) is string parameter)
        {
            throw new InboundProvisioningException(
                "CredentialMissing",
                FaultKind.InvalidArgument,
                $"-{parameter} is given, but no credential. {CredentialParameters.Choices}; or leave -{parameter} out to use the connection of Connect-InboundProvisioning.",
                parameter);
        }

        InboundProvisioningConnection connection = Connection ?? SessionConnections.Current.Default
            ?? throw new InboundProvisioningException(
                "NotConnected",
                FaultKind.Authentication,
                "There is no connection in this session. Run Connect-InboundProvisioning first, or give the same parameters here, for example: "
                    + "-TenantId contoso.onmicrosoft.com -ClientId <app id> -CertificateThumbprint <thumbprint> -ServicePrincipalId <object id>.");
        if (connection.Service.IsClosed)
        {
            throw new InboundProvisioningException(
                "ConnectionClosed", FaultKind.Authentication, "The connection of -Connection was closed by Disconnect-InboundProvisioning. Connect again.");
        }

        if (ParsedEndpoint is ProvisioningEndpoint endpoint)
        {
            connection.Service.Endpoints.RequireSameHost(endpoint.Graph);
        }

        return (connection.Service, connection.Target);
    }
}
