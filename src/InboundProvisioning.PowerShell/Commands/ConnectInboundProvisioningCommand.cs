using System;
using System.Management.Automation;
using System.Security;
using System.Security.Cryptography.X509Certificates;
using InboundProvisioning.Authentication;
using InboundProvisioning.Graph;
using InboundProvisioning.Jobs;
using InboundProvisioning.PowerShell.Abstractions;
using InboundProvisioning.PowerShell.Completers;
using InboundProvisioning.PowerShell.Connections;

namespace InboundProvisioning.PowerShell.Commands;

/// <summary>
/// Signs in, and remembers the connection for the other cmdlets of this session until Disconnect-InboundProvisioning. A token
/// is got at once, so that a wrong credential shows here.
/// </summary>
[Cmdlet(VerbsCommunications.Connect, "InboundProvisioning", DefaultParameterSetName = SecretSet)]
[OutputType(typeof(InboundProvisioningConnection))]
public sealed class ConnectInboundProvisioningCommand : EndpointCmdlet, ICredentialParameters
{
    private const string CertificateSet = "Certificate";
    private const string ThumbprintSet = "CertificateThumbprint";
    private const string PathSet = "CertificatePath";
    private const string SecretSet = "ClientSecret";
    private const string SecretCredentialSet = "ClientSecretCredential";
    private const string FederatedSet = "FederatedToken";
    private const string IdentitySet = "Identity";
    private const string DeviceCodeSet = "DeviceCode";
    private const string InteractiveSet = "Interactive";
    private const string TokenSet = "AccessToken";

    /// <summary>The tenant's id or one of its domains.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = CertificateSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ThumbprintSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = SecretSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = SecretCredentialSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = FederatedSet)]
    [Parameter(ParameterSetName = DeviceCodeSet)]
    [Parameter(ParameterSetName = InteractiveSet)]
    [ValidateNotNullOrEmpty]
    public string? TenantId { get; set; }

    /// <summary>The id of the app that signs in.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = CertificateSet)]
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = ThumbprintSet)]
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = PathSet)]
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = SecretSet)]
    [Parameter(ParameterSetName = SecretCredentialSet)]
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = FederatedSet)]
    [Parameter(ParameterSetName = IdentitySet)]
    [Parameter(Mandatory = true, ParameterSetName = DeviceCodeSet)]
    [Parameter(Mandatory = true, ParameterSetName = InteractiveSet)]
    [ValidateNotNullOrEmpty]
    public string? ClientId { get; set; }

    /// <summary>A certificate with its private key.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CertificateSet)]
    [Alias("ClientCertificate")]
    [ValidateNotNull]
    public X509Certificate2? Certificate { get; set; }

    /// <summary>The thumbprint of a certificate in CurrentUser\My or LocalMachine\My.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ThumbprintSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CertificateThumbprintCompleter))]
    public string? CertificateThumbprint { get; set; }

    /// <summary>A PFX file, or in PowerShell 7 a PEM file that holds the key too.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    public string? CertificatePath { get; set; }

    /// <summary>The password of CertificatePath.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [ValidateNotNull]
    public SecureString? CertificatePassword { get; set; }

    /// <summary>The value of a client secret.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SecretSet)]
    [ValidateNotNull]
    public SecureString? ClientSecret { get; set; }

    /// <summary>A client secret as the password, with the id of the app as the user name.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SecretCredentialSet)]
    [ValidateNotNull]
    [Credential]
    public PSCredential? ClientSecretCredential { get; set; }

    /// <summary>A file with a token of another identity provider that the app trusts; read anew for each sign-in.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FederatedSet)]
    [ValidateNotNullOrEmpty]
    public string? FederatedTokenPath { get; set; }

    /// <summary>The managed identity of this Azure resource: the system-assigned one, or with ClientId a user-assigned one.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdentitySet)]
    public SwitchParameter Identity { get; set; }

    /// <summary>A person signs in with a code, in a browser anywhere.</summary>
    [Parameter(Mandatory = true, ParameterSetName = DeviceCodeSet)]
    public SwitchParameter UseDeviceCode { get; set; }

    /// <summary>A person signs in with the browser of this computer.</summary>
    [Parameter(Mandatory = true, ParameterSetName = InteractiveSet)]
    public SwitchParameter Interactive { get; set; }

    /// <summary>The delegated permissions to ask for.</summary>
    [Parameter(ParameterSetName = DeviceCodeSet)]
    [Parameter(ParameterSetName = InteractiveSet)]
    [ValidateNotNullOrEmpty]
    public string[]? Scope { get; set; }

    /// <summary>An access token for Microsoft Graph that was got elsewhere; it cannot be renewed.</summary>
    [Parameter(Mandatory = true, ParameterSetName = TokenSet)]
    [ValidateNotNull]
    public SecureString? AccessToken { get; set; }

    /// <summary>The object id of the enterprise application, used as it is; an app id is looked up after a 404.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ServicePrincipalId { get; set; }

    /// <summary>The display name of the enterprise application, in place of ServicePrincipalId; several of the name are an error that lists them.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ApplicationName { get; set; }

    /// <summary>The id of the provisioning job; left out, the only job of the service principal is looked up.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(JobIdCompleter))]
    public string? JobId { get; set; }

    /// <summary>The provisioning API endpoint as the portal shows it, in place of ServicePrincipalId and JobId.</summary>
    [Parameter]
    [ValidateNotNull]
    public Uri? ProvisioningEndpoint { get; set; }

    /// <inheritdoc/>
    internal override ProvisioningEndpoint? ParsedEndpoint =>
        ProvisioningEndpoint is null ? null : Jobs.ProvisioningEndpoint.Parse(ProvisioningEndpoint);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        try
        {
            InboundProvisioningConnection connection = Connect();
            SessionConnections.Current.Add(connection);
            WriteObject(connection);
        }
        catch (InboundProvisioningException fault)
        {
            ThrowFault(fault);
        }
    }

    private InboundProvisioningConnection Connect()
    {
        ProvisioningTarget target = ProvisioningTarget.From(ServicePrincipalId, ApplicationName, JobId, ParsedEndpoint);
        ServiceConnection service = Open(this);
        try
        {
            RunOnWorker((_, stop) => service.Tokens.GetTokenAsync(refused: null, stop));
            return new InboundProvisioningConnection(service, target);
        }
        catch
        {
            service.Dispose();
            throw;
        }
    }
}
