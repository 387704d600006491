using System.Collections.Generic;

namespace InboundProvisioning.Emulator.Tokens;

/// <summary>What an access token allows.</summary>
/// <param name="OfUser">Whether a user is signed in; else the app acts by itself.</param>
/// <param name="Permissions">The user's delegated permissions (<c>scp</c>) or the app's own (<c>roles</c>).</param>
internal sealed record Grants(bool OfUser, IReadOnlyList<string> Permissions)
{
    public static Grants None { get; } = new(false, []);
}
