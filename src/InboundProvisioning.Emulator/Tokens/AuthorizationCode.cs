using System;

namespace InboundProvisioning.Emulator.Tokens;

/// <summary>A code that the user's browser brought to the client.</summary>
/// <param name="Grant">What it is good for.</param>
/// <param name="RedirectUri">Where it was sent; the client must name the same.</param>
/// <param name="Challenge">The PKCE challenge (RFC 7636), or null.</param>
/// <param name="ChallengeMethod">How the verifier becomes the challenge: S256 or plain.</param>
/// <param name="Expires">When it is no longer taken.</param>
internal sealed record AuthorizationCode(
    UserGrant Grant, string RedirectUri, string? Challenge, string ChallengeMethod, DateTimeOffset Expires);
