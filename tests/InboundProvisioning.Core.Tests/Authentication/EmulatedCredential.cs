using InboundProvisioning.Authentication.Credentials;
using InboundProvisioning.Emulator;

namespace InboundProvisioning.Core.Tests.Authentication;

/// <summary>The emulator's app.</summary>
internal static class EmulatedCredential
{
    /// <summary>Its client secret.</summary>
    public static SecretCredential Of(EmulatorAddress emulator) =>
        new(emulator.TenantId.ToString(), emulator.ClientId.ToString(), Secrets.Of(emulator.ClientSecret));
}
