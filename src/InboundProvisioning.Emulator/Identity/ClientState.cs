using System;

namespace InboundProvisioning.Emulator.Identity;

/// <summary>The API client, with its secret, and its certificate and key as PKCS #12 without a password.</summary>
internal sealed record ClientState(Guid ClientId, Guid ServicePrincipalId, string Secret, byte[] Certificate);
