using Microsoft.AspNetCore.Http;

namespace InboundProvisioning.Emulator.Tokens;

/// <summary>https://learn.microsoft.com/entra/identity-platform/v2-oauth2-device-code#authenticating-the-user</summary>
internal sealed class DeviceCodeGrant(string type, DeviceCodes codes, UserTokens tokens) : ITokenGrant
{
    /// <summary>The name of RFC 8628 section 3.4.</summary>
    public const string Name = "urn:ietf:params:oauth:grant-type:device_code";

    /// <summary>The name that MSAL still sends, from before the RFC.</summary>
    public const string OldName = "device_code";

    public string Type => type;

    public IResult Answer(IFormCollection form, string? basicSecret)
    {
        string deviceCode = form["device_code"].ToString();
        if (deviceCode.Length == 0)
        {
            return TokenError.MissingParameter("device_code");
        }

        (UserGrant? grant, TokenError? fault) = codes.Redeem(deviceCode);
        return fault is null ? tokens.Answer(grant!) : fault;
    }
}
