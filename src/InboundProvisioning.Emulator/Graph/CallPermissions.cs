using System;
using System.Collections.Generic;
using System.Linq;

namespace InboundProvisioning.Emulator.Graph;

/// <summary>The permissions that a call's reference page lists, from the least privileged to the most: any one of a list suffices.</summary>
/// <param name="Application">For an app that signs in by itself: the <c>roles</c> of its token.</param>
/// <param name="Delegated">For an app on behalf of a user: the <c>scp</c> of its token.</param>
internal sealed record CallPermissions(IReadOnlyList<string> Application, IReadOnlyList<string> Delegated)
{
    /// <summary>A valid token is enough.</summary>
    public static CallPermissions None { get; } = new([], []);

    /// <summary>What is needed besides, where a page joins two permissions by "and".</summary>
    public CallPermissions? And { get; init; }

    public bool AllowRoles(IReadOnlyList<string> roles) => Allow(Application, roles) && And?.AllowRoles(roles) != false;

    public bool AllowScopes(IReadOnlyList<string> scopes) => Allow(Delegated, scopes) && And?.AllowScopes(scopes) != false;

    private bool Allow(IReadOnlyList<string> wanted, IReadOnlyList<string> granted) =>
        ReferenceEquals(this, None) || granted.Intersect(wanted, StringComparer.Ordinal).Any();
}
