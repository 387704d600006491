using System.Net;
using System.Security;
using InboundProvisioning.Authentication.Credentials;
using InboundProvisioning.Emulator;

namespace InboundProvisioning.Core.Tests.Authentication;

/// <summary>Secure strings for tests.</summary>
internal static class Secrets
{
    public static SecureString Of(string text) => new NetworkCredential(string.Empty, text).SecurePassword;

    /// <summary>The client secret of the emulator's app.</summary>
    public static SecretCredential CredentialOf(EmulatorAddress emulator) =>
        new(emulator.TenantId.ToString(), emulator.ClientId.ToString(), Of(emulator.ClientSecret));
}
