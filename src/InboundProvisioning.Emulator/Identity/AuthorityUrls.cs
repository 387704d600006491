using System;

namespace InboundProvisioning.Emulator.Identity;

/// <summary>The addresses of a tenant at the authority host, as Microsoft Entra lays them out.</summary>
internal sealed class AuthorityUrls(string authority, Guid tenantId)
{
    public string Authority { get; } = authority;

    /// <summary>The issuer of version 1.0 access tokens, which Graph asks for.</summary>
    public string Issuer { get; } = $"{authority}/{tenantId}/";

    public string IssuerV2 { get; } = $"{authority}/{tenantId}/v2.0";

    public string Token { get; } = $"{authority}/{tenantId}/oauth2/v2.0/token";

    public string Authorize { get; } = $"{authority}/{tenantId}/oauth2/v2.0/authorize";

    public string DeviceCode { get; } = $"{authority}/{tenantId}/oauth2/v2.0/devicecode";

    public string Keys { get; } = $"{authority}/{tenantId}/discovery/v2.0/keys";
}
