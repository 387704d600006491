using Microsoft.AspNetCore.Http;

namespace InboundProvisioning.Emulator.Tokens;

/// <summary>https://learn.microsoft.com/entra/identity-platform/v2-oauth2-device-code#authenticating-the-user</summary>
internal sealed class DeviceCodeGrant(DeviceCodes codes, UserTokens tokens) : ITokenGrant
{
    public string Type => "urn:ietf:params:oauth:grant-type:device_code";

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
