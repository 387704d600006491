using System;
using System.Buffers.Text;
using System.Security.Cryptography;


namespace InboundProvisioning.Emulator.Identity;

/// <summary>One tenant with one API client and one provisioning app, under ids that are new unless they were kept.</summary>
internal sealed class Tenant : IDisposable
{
    public Tenant(TenantState state)
    {
        Id = state.Id;
        Client = new ClientRegistration(state.Client);
        User = state.User;
        SystemAssignedIdentity = state.SystemAssignedIdentity;
        UserAssignedIdentity = state.UserAssignedIdentity;
        ServicePrincipalId = state.ServicePrincipalId;
        AppId = state.AppId;
        JobId = state.JobId;
    }

    public Tenant()
    {
        Client = new ClientRegistration();
        JobId = $"API2AAD.{Id:N}.{Guid.NewGuid()}";
    }

    public Guid Id { get; } = Guid.NewGuid();

    /// <summary>The app registration that signs in.</summary>
    public ClientRegistration Client { get; }

    /// <summary>The person who signs in.</summary>
    public TenantUser User { get; } = new(Guid.NewGuid(), "admin@contoso.onmicrosoft.com", "Emulator Administrator");

    /// <summary>The identity of the machine that the managed identity endpoints belong to.</summary>
    public ManagedIdentity SystemAssignedIdentity { get; } = ManagedIdentity.NewSystemAssigned("hr-automation");

    /// <summary>An identity that is assigned to that machine too.</summary>
    public ManagedIdentity UserAssignedIdentity { get; } = ManagedIdentity.NewUserAssigned("hr-uploader");

    /// <summary>The provisioning app's service principal.</summary>
    public Guid ServicePrincipalId { get; } = Guid.NewGuid();

    /// <summary>The provisioning app's application id.</summary>
    public Guid AppId { get; } = Guid.NewGuid();

    /// <summary>The id of the provisioning app's one synchronization job.</summary>
    public string JobId { get; }

    public static string NewSecret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(30));

    public TenantState ToState() =>
        new(Id, Client.ToState(), User, SystemAssignedIdentity, UserAssignedIdentity, ServicePrincipalId, AppId, JobId);

    public void Dispose() => Client.Dispose();
}
