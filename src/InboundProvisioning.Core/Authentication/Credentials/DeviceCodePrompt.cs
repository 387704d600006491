using System;

namespace InboundProvisioning.Authentication.Credentials;

/// <summary>What a person needs to sign in with a code.</summary>
/// <param name="UserCode">The code to enter. It is of use to the service only while this sign-in waits for it.</param>
/// <param name="VerificationUrl">Where to enter it.</param>
/// <param name="ExpiresOn">When the code ends.</param>
public sealed record DeviceCodePrompt(string UserCode, Uri VerificationUrl, DateTimeOffset ExpiresOn)
{
    /// <inheritdoc/>
    public override string ToString() =>
        $"To sign in, open {VerificationUrl} in a browser and enter the code {UserCode}. The code is valid until {ExpiresOn.ToLocalTime():T}.";
}
