using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Authentication;
using InboundProvisioning.Permissions;

namespace InboundProvisioning.Jobs;

/// <summary>
/// What the token of a connection says of the right to read and to start jobs; null where it does not say, as a token that is not
/// a JWT. It says nothing of the directory roles of a person or of who owns the app: a call that it allows may still be refused.
/// </summary>
/// <param name="MayRead">Whether it carries a permission to read jobs.</param>
/// <param name="MayWrite">Whether it carries a permission to start, stop and restart them.</param>
public sealed record JobAccess(bool? MayRead, bool? MayWrite)
{
    // https://learn.microsoft.com/graph/api/synchronization-synchronizationjob-start and -get: the same three for an app, fewer for a person.
    private static readonly string[] Write = [GraphPermissions.WriteSynchronization, GraphPermissions.WriteOwnedApplications];

    /// <summary>Reads the token of a connection.</summary>
    /// <exception cref="InboundProvisioningException">There is no token to be had.</exception>
    public static async Task<JobAccess> OfAsync(ITokenSource tokens, CancellationToken cancellationToken)
    {
        AccessToken token = await tokens.GetTokenAsync(refused: null, cancellationToken).ConfigureAwait(false);
        if (token.Claims is not TokenClaims claims || claims.Permissions.Count == 0)
        {
            return new JobAccess(null, null);
        }

        bool write = claims.Permissions.Any(static permission => Write.Contains(permission, StringComparer.OrdinalIgnoreCase));
        return new JobAccess(write || claims.Permissions.Contains(GraphPermissions.ReadSynchronization, StringComparer.OrdinalIgnoreCase), write);
    }
}
