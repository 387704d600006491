using System;
using System.Collections.Generic;
using System.Linq;
using InboundProvisioning.Authentication;
using InboundProvisioning.Authentication.Credentials;
using InboundProvisioning.Permissions;

namespace InboundProvisioning.PowerShell.Abstractions;

/// <summary>Makes one credential of the parameters that a cmdlet was given.</summary>
internal static class CredentialParameters
{
    /// <summary>How a credential can be given, for messages.</summary>
    public const string Choices =
        "Give -Certificate, -CertificateThumbprint, -CertificatePath, -ClientSecret or -FederatedTokenPath with -TenantId and -ClientId, "
        + "-ClientSecretCredential with -TenantId, -UseDeviceCode or -Interactive with -ClientId, -Identity, or -AccessToken";

    /// <summary>The credentials that are given, by the names of their parameters.</summary>
    public static IReadOnlyList<string> Given(ICredentialParameters parameters) =>
    [
        .. new (string Name, bool IsGiven)[]
        {
            (nameof(parameters.Certificate), parameters.Certificate is not null),
            (nameof(parameters.CertificateThumbprint), parameters.CertificateThumbprint is not null),
            (nameof(parameters.CertificatePath), parameters.CertificatePath is not null),
            (nameof(parameters.ClientSecret), parameters.ClientSecret is not null),
            (nameof(parameters.ClientSecretCredential), parameters.ClientSecretCredential is not null),
            (nameof(parameters.FederatedTokenPath), parameters.FederatedTokenPath is not null),
            (nameof(parameters.Identity), parameters.Identity.IsPresent),
            (nameof(parameters.UseDeviceCode), parameters.UseDeviceCode.IsPresent),
            (nameof(parameters.Interactive), parameters.Interactive.IsPresent),
            (nameof(parameters.AccessToken), parameters.AccessToken is not null),
        }.Where(static credential => credential.IsGiven).Select(static credential => credential.Name),
    ];

    /// <summary>The credential that is given.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="fullPath">Makes a path of the session one of the file system.</param>
    /// <param name="show">Shows a code to sign in with.</param>
    /// <exception cref="InboundProvisioningException">
    /// <c>CredentialMissing</c>, <c>CredentialConflict</c>, <c>TenantIdMissing</c>, <c>ClientIdMissing</c>, <c>ClientIdConflict</c>, and the
    /// faults of certificates.
    /// </exception>
    public static Credential Read(ICredentialParameters parameters, Func<string, string> fullPath, Action<DeviceCodePrompt> show)
    {
        IReadOnlyList<string> given = Given(parameters);
        if (given.Count != 1)
        {
            throw given.Count == 0
                ? Fault("CredentialMissing", $"No credential is given. {Choices}.")
                : Conflict($"Give one credential, not several: {string.Join(", ", given.Select(static name => "-" + name))}.");
        }

        bool isDelegated = parameters.UseDeviceCode.IsPresent || parameters.Interactive.IsPresent;
        if (parameters.CertificatePassword is not null && parameters.CertificatePath is null)
        {
            throw Conflict("-CertificatePassword belongs to -CertificatePath, which is not given.");
        }

        if (parameters.Scope is not null && !isDelegated)
        {
            throw Conflict("-Scope belongs to -UseDeviceCode and -Interactive. An app by itself has the roles that it was granted: see Grant-ProvisioningPermission.");
        }

        return parameters.Identity.IsPresent ? OfIdentity(parameters)
            : parameters.AccessToken is not null ? new GivenTokenCredential(parameters.AccessToken, parameters.TenantId, parameters.ClientId)
            : isDelegated ? OfPerson(parameters, show)
            : OfApplication(parameters, fullPath);
    }

    private static ManagedIdentityCredential OfIdentity(ICredentialParameters parameters) => parameters.TenantId is null
        ? new ManagedIdentityCredential(parameters.ClientId)
        : throw Conflict("-Identity takes no -TenantId: a managed identity is one of the tenant that its Azure resource is in.");

    private static DelegatedCredential OfPerson(ICredentialParameters parameters, Action<DeviceCodePrompt> show)
    {
        string clientId = parameters.ClientId ?? throw Missing(nameof(parameters.ClientId), "a person signs in through an app that is registered for it");
        IReadOnlyList<string> permissions = parameters.Scope is { Length: > 0 } scope ? scope : GraphPermissions.DelegatedDefault;
        return parameters.UseDeviceCode.IsPresent
            ? new DeviceCodeCredential(parameters.TenantId, clientId, permissions, show)
            : new InteractiveCredential(parameters.TenantId, clientId, permissions);
    }

    private static Credential OfApplication(ICredentialParameters parameters, Func<string, string> fullPath)
    {
        const string Why = "an app that signs in by itself is one of a tenant";
        string tenantId = parameters.TenantId ?? throw Missing(nameof(parameters.TenantId), Why);
        if (parameters.ClientSecretCredential is { } credential)
        {
            return parameters.ClientId is null || string.Equals(parameters.ClientId, credential.UserName, StringComparison.OrdinalIgnoreCase)
                ? new SecretCredential(tenantId, credential.UserName, credential.Password)
                : throw Fault(
                    "ClientIdConflict",
                    $"The user name of -ClientSecretCredential is the app's id. It is '{credential.UserName}', but -ClientId is '{parameters.ClientId}': leave -ClientId out, or correct one of them.");
        }

        string clientId = parameters.ClientId ?? throw Missing(nameof(parameters.ClientId), Why);
        return parameters switch
        {
            { ClientSecret: { } secret } => new SecretCredential(tenantId, clientId, secret),
            { FederatedTokenPath: { } path } => new FederatedTokenCredential(tenantId, clientId, fullPath(path)),
            { CertificateThumbprint: { } thumbprint } => CertificateCredential.FromStore(tenantId, clientId, thumbprint),
            { CertificatePath: { } path } => CertificateCredential.FromFile(tenantId, clientId, fullPath(path), parameters.CertificatePassword),
            _ => new CertificateCredential(tenantId, clientId, parameters.Certificate!),
        };
    }

    private static InboundProvisioningException Missing(string parameter, string why) =>
        new(parameter + "Missing", FaultKind.InvalidArgument, $"-{parameter} is missing: {why}.", parameter);

    private static InboundProvisioningException Conflict(string message) => Fault("CredentialConflict", message);

    private static InboundProvisioningException Fault(string errorId, string message) => new(errorId, FaultKind.InvalidArgument, message);
}
