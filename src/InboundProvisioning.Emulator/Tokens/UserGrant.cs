using System.Collections.Generic;

namespace InboundProvisioning.Emulator.Tokens;

/// <summary>What the user has let the client do.</summary>
/// <param name="Scopes">The delegated permissions of Graph, without their resource.</param>
/// <param name="OpenId">Whether an id token was asked for.</param>
/// <param name="Offline">Whether a refresh token was asked for.</param>
/// <param name="Nonce">What the id token repeats from the authorization request.</param>
internal sealed record UserGrant(IReadOnlyList<string> Scopes, bool OpenId, bool Offline, string? Nonce = null);
