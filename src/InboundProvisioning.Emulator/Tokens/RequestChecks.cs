using System;

using InboundProvisioning.Emulator.Identity;

namespace InboundProvisioning.Emulator.Tokens;

/// <summary>What every request to the authority must get right: the tenant and the client.</summary>
internal static class RequestChecks
{
    public static TokenError? Refuse(this Tenant tenant, string tenantId, string error = "invalid_request") =>
        string.Equals(tenantId, tenant.Id.ToString(), StringComparison.OrdinalIgnoreCase) ? null : TokenError.UnknownTenant(tenantId, error);

    public static TokenError? RefuseClient(this Tenant tenant, string clientId)
    {
        if (clientId.Length == 0)
        {
            return TokenError.MissingParameter("client_id");
        }

        return string.Equals(clientId, tenant.Client.ClientId.ToString(), StringComparison.OrdinalIgnoreCase)
            ? null
            : TokenError.UnknownClient(clientId, tenant.Id);
    }
}
