using System;
using System.Text.Json;

namespace InboundProvisioning.Emulator;

/// <summary>Where an emulator listens, and what a client needs to sign in and upload. All of it is new at each start.</summary>
public sealed record EmulatorAddress
{
    private static readonly JsonSerializerOptions SingleLine = new(JsonSerializerDefaults.Web);

    /// <summary>The base URL of Graph without a trailing slash; <c>/v1.0</c> or <c>/beta</c> follows it. Its <c>.default</c> is the scope to ask for.</summary>
    public required string Graph { get; init; }

    /// <summary>The authority host without a trailing slash and without the tenant: <c>{authority}/{tenantId}</c> is what MSAL takes.</summary>
    public required string Authority { get; init; }

    /// <summary>The tenant's id.</summary>
    public required Guid TenantId { get; init; }

    /// <summary>The application (client) id of the API client that signs in.</summary>
    public required Guid ClientId { get; init; }

    /// <summary>The API client's secret.</summary>
    public required string ClientSecret { get; init; }

    /// <summary>The path of a PFX file with the certificate registered for the API client, and its key.</summary>
    public required string CertificatePath { get; init; }

    /// <summary>The password of the PFX file.</summary>
    public required string CertificatePassword { get; init; }

    /// <summary>The path of a PEM file with the certificate authority that signed the emulator's TLS certificate.</summary>
    public required string CaCertificatePath { get; init; }

    /// <summary>The object id of the provisioning app's service principal.</summary>
    public required Guid ServicePrincipalId { get; init; }

    /// <summary>The application id of the provisioning app. It is not the API client.</summary>
    public required Guid AppId { get; init; }

    /// <summary>The id of the provisioning app's synchronization job.</summary>
    public required string JobId { get; init; }

    /// <summary>
    /// The path of a file with a token of an issuer that the API client trusts (workload identity federation), as GitHub Actions or Kubernetes
    /// provide it. It is good for an hour.
    /// </summary>
    public required string FederatedTokenPath { get; init; }

    /// <summary>
    /// The value for the environment variable <c>IDENTITY_ENDPOINT</c>, with which App Service and Azure Automation say where tokens of the
    /// managed identity are. Plain http on the loopback interface, as there.
    /// </summary>
    public required string ManagedIdentityEndpoint { get; init; }

    /// <summary>The value for the environment variable <c>IDENTITY_HEADER</c>.</summary>
    public required string ManagedIdentityHeader { get; init; }

    /// <summary>
    /// The base URL of the Instance Metadata Service, without a trailing slash: the value for the environment variable
    /// <c>AZURE_POD_IDENTITY_AUTHORITY_HOST</c>, which MSAL takes instead of http://169.254.169.254.
    /// </summary>
    public required string ImdsHost { get; init; }

    /// <summary>The object id of the system-assigned identity's service principal.</summary>
    public required Guid SystemAssignedPrincipalId { get; init; }

    /// <summary>The object id of the user-assigned identity's service principal.</summary>
    public required Guid UserAssignedPrincipalId { get; init; }

    /// <summary>The client id of the user-assigned identity.</summary>
    public required Guid UserAssignedClientId { get; init; }

    /// <summary>The Azure Resource Manager id of the user-assigned identity.</summary>
    public required string UserAssignedResourceId { get; init; }

    /// <summary>The single line of JSON that the program prints first; members are named in camel case.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, SingleLine);
}
