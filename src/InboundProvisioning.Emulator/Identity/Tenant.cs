using System;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace InboundProvisioning.Emulator.Identity;

/// <summary>One tenant with one API client and one provisioning app, under ids that are new at each start.</summary>
internal sealed class Tenant : IDisposable
{
    public Tenant() => JobId = $"API2AAD.{Id:N}.{Guid.NewGuid()}";

    public Guid Id { get; } = Guid.NewGuid();

    /// <summary>The app registration that signs in.</summary>
    public ClientRegistration Client { get; } = new();

    /// <summary>The provisioning app's service principal.</summary>
    public Guid ServicePrincipalId { get; } = Guid.NewGuid();

    /// <summary>The provisioning app's application id.</summary>
    public Guid AppId { get; } = Guid.NewGuid();

    /// <summary>The id of the provisioning app's one synchronization job.</summary>
    public string JobId { get; }

    public static string NewSecret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(30));

    public void Dispose() => Client.Dispose();
}
