using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using InboundProvisioning.Authentication.Tokens;
using Microsoft.Identity.Client;

namespace InboundProvisioning.Authentication.Credentials;

/// <summary>
/// A person who signs in with a code, in a browser anywhere: https://learn.microsoft.com/entra/identity-platform/v2-oauth2-device-code.
/// </summary>
public sealed class DeviceCodeCredential : DelegatedCredential
{
    private readonly Action<DeviceCodePrompt> _show;

    /// <summary>Sets up the sign-in.</summary>
    /// <param name="tenantId">The tenant's id or one of its domains; null for that of the person who signs in.</param>
    /// <param name="clientId">The app's id; the app allows public client flows.</param>
    /// <param name="permissions">The delegated permissions to ask for, such as <c>ProvisioningLog.Read.All</c>.</param>
    /// <param name="show">Shows the code to the person; called on a worker thread.</param>
    public DeviceCodeCredential(string? tenantId, string clientId, IReadOnlyList<string> permissions, Action<DeviceCodePrompt> show)
        : base(tenantId, clientId, permissions)
    {
        _show = show;
    }

    /// <inheritdoc/>
    public override string Description => "Device code";

    /// <inheritdoc/>
    internal override ITokenSource CreateTokenSource(SignInContext context) => CreateTokenSource(
        context,
        (application, scopes, stop) => application.AcquireTokenWithDeviceCode(scopes, Show).ExecuteAsync(stop));

    private Task Show(DeviceCodeResult code)
    {
        _show(new DeviceCodePrompt(code.UserCode, new Uri(code.VerificationUrl), code.ExpiresOn));
        return Task.CompletedTask;
    }
}
