using System;
using System.Text.RegularExpressions;
using System.Threading.Tasks;

using InboundProvisioning.Emulator.Applications;

using Microsoft.AspNetCore.Http;

namespace InboundProvisioning.Emulator.Graph;

/// <summary>
/// <c>/servicePrincipals(appId='…')</c> stands for <c>/servicePrincipals/{id}</c>, with all that may follow: "You can address the service
/// principal using either its id or appId", https://learn.microsoft.com/graph/api/serviceprincipal-get#http-request
/// </summary>
internal sealed partial class AlternateKeys(TenantApplications applications)
{
    /// <summary>Puts the object id in place of the key, before the route is looked for.</summary>
    public Task ResolveAsync(HttpContext context, RequestDelegate next)
    {
        string path = context.Request.Path.Value!;
        Match key = ByAppId.Match(path);
        if (key.Success)
        {
            // An unknown application id stays, and is not found as an object id.
            string appId = key.Groups["appId"].Value;
            string id = Guid.TryParse(appId, out Guid parsed) && applications.WithAppId(parsed) is { } application
                ? application.Principal.Id.ToString()
                : appId;
            context.Request.Path = string.Concat(path.AsSpan(0, key.Index), $"/servicePrincipals/{id}", path.AsSpan(key.Index + key.Length));
        }

        return next(context);
    }

    [GeneratedRegex(@"/servicePrincipals\(appId='(?<appId>[^']*)'\)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ByAppId { get; }
}
