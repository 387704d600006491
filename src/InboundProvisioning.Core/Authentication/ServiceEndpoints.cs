using System;
using System.Text.RegularExpressions;
using InboundProvisioning.Http;

namespace InboundProvisioning.Authentication;

/// <summary>Where Microsoft Graph and the sign-in service are. A token for these endpoints goes to the host of <see cref="Graph"/> and nowhere else.</summary>
public sealed record ServiceEndpoints
{
    private static readonly CloudEnvironment[] Environments =
        [CloudEnvironment.Global, CloudEnvironment.USGov, CloudEnvironment.USGovDoD, CloudEnvironment.China];

    private ServiceEndpoints(CloudEnvironment environment, Uri graph, Uri authority, bool isCustomAuthority)
    {
        Environment = environment;
        Graph = graph;
        Authority = authority;
        IsCustomAuthority = isCustomAuthority;
    }

    /// <summary>The cloud whose endpoints apply where none is given.</summary>
    public CloudEnvironment Environment { get; }

    /// <summary>The base URL of Microsoft Graph, without version and trailing slash.</summary>
    public Uri Graph { get; }

    /// <summary>The base URL of the sign-in service, without tenant and trailing slash.</summary>
    public Uri Authority { get; }

    /// <summary>Whether <see cref="Authority"/> is another one than the cloud's: it then has no public instance discovery.</summary>
    public bool IsCustomAuthority { get; }

    /// <summary>The scope that a token is asked for: https://learn.microsoft.com/entra/identity-platform/scopes-oidc#the-default-scope.</summary>
    public string Scope => ScopeFor(Text(Graph));

    /// <summary>The endpoints of a cloud, or private ones in their place.</summary>
    /// <param name="environment">The cloud.</param>
    /// <param name="graphEndpoint">The base URL of a private Microsoft Graph endpoint, or null; a trailing <c>/v1.0</c> or <c>/beta</c> is left off.</param>
    /// <param name="authorityHost">The base URL of a private sign-in service, without a path; or null.</param>
    /// <exception cref="InboundProvisioningException"><c>EndpointNotHttps</c> or <c>EndpointInvalid</c>.</exception>
    public static ServiceEndpoints Create(CloudEnvironment environment, Uri? graphEndpoint = null, Uri? authorityHost = null)
    {
        Uri graph = graphEndpoint is null ? GraphOf(environment) : WithoutVersion(RequireHttps(graphEndpoint, "GraphEndpoint"));
        Uri authority = authorityHost is null ? AuthorityOf(environment) : RequireNoPath(RequireHttps(authorityHost, "AuthorityHost"));
        return new ServiceEndpoints(environment, graph, authority, isCustomAuthority: authorityHost is not null);
    }

    /// <summary>The endpoints that a provisioning endpoint is on. Its host decides on the cloud where nothing else does.</summary>
    /// <param name="graph">The Microsoft Graph that the provisioning endpoint is on.</param>
    /// <param name="environment">The cloud that the user names, or null.</param>
    /// <param name="graphEndpoint">As in <see cref="Create"/>.</param>
    /// <param name="authorityHost">As in <see cref="Create"/>.</param>
    /// <exception cref="InboundProvisioningException">As <see cref="Create"/>, and <c>ProvisioningEndpointHost</c>.</exception>
    public static ServiceEndpoints CreateFor(
        Uri graph, CloudEnvironment? environment, Uri? graphEndpoint = null, Uri? authorityHost = null)
    {
        ServiceEndpoints endpoints = Create(environment ?? EnvironmentOf(graph) ?? CloudEnvironment.Global, graphEndpoint, authorityHost);
        endpoints.RequireSameHost(graph);
        return endpoints;
    }

    /// <summary>Refuses a provisioning endpoint on another host: it would have to get the token.</summary>
    /// <param name="graph">The Microsoft Graph that the provisioning endpoint is on.</param>
    /// <exception cref="InboundProvisioningException"><c>ProvisioningEndpointHost</c>.</exception>
    public void RequireSameHost(Uri graph)
    {
        if (!string.Equals(graph.Authority, Graph.Authority, StringComparison.OrdinalIgnoreCase))
        {
            throw new InboundProvisioningException(
                "ProvisioningEndpointHost",
                FaultKind.InvalidArgument,
                $"-ProvisioningEndpoint is on '{graph.Authority}', but Microsoft Graph is '{Graph.Authority}' here, and the token goes "
                    + "nowhere else. Check -Environment; for a private endpoint give -GraphEndpoint.",
                graph.Authority);
        }
    }

    private static CloudEnvironment? EnvironmentOf(Uri graph)
    {
        foreach (CloudEnvironment environment in Environments)
        {
            if (string.Equals(GraphOf(environment).Authority, graph.Authority, StringComparison.OrdinalIgnoreCase))
            {
                return environment;
            }
        }

        return null;
    }

    /// <summary>The URL of a resource of Microsoft Graph v1.0.</summary>
    /// <param name="path">The path below the version, with its query, without a leading slash.</param>
    internal Uri Resource(string path) => new(Text(Graph) + "/v1.0/" + path);

    /// <summary>The path below the version of a URL that Microsoft Graph has given, such as that of a next page.</summary>
    /// <exception cref="InboundProvisioningException"><c>NextPageElsewhere</c>: it is not on the configured host.</exception>
    internal string PathOf(Uri link)
    {
        foreach (string version in new[] { "/v1.0/", "/beta/" })
        {
            string root = Text(Graph) + version;
            if (link.AbsoluteUri.StartsWith(root, StringComparison.OrdinalIgnoreCase))
            {
                return link.AbsoluteUri.Substring(root.Length);
            }
        }

        throw new InboundProvisioningException(
            "NextPageElsewhere",
            FaultKind.Connection,
            $"The answer's next page is on '{link.Authority}', but Microsoft Graph is '{Graph.Authority}' here, and the token goes nowhere else. Check -GraphEndpoint and -Environment.",
            link.Authority);
    }
    /// <summary>Microsoft Graph as the resource that a managed identity asks a token for.</summary>
    internal string GraphResource => Text(Graph);

    /// <summary>The scope of all that an identity may do with a resource.</summary>
    internal static string ScopeFor(string resource) => resource + "/.default";

    /// <summary>The scope of a delegated permission of Microsoft Graph.</summary>
    internal string ScopeOf(string permission) => Text(Graph) + "/" + permission;

    /// <summary>The authority of a tenant, as MSAL wants it.</summary>
    /// <exception cref="InboundProvisioningException"><c>TenantIdInvalid</c>.</exception>
    internal string AuthorityFor(string tenantId)
    {
        // A GUID or a domain name: anything else would change the path of the token endpoint.
        return Regex.IsMatch(tenantId, "^[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$")
            ? Text(Authority) + "/" + tenantId
            : throw new InboundProvisioningException(
                "TenantIdInvalid",
                FaultKind.InvalidArgument,
                $"-TenantId '{tenantId}' is neither a tenant id (a GUID) nor a domain such as 'contoso.onmicrosoft.com'.",
                tenantId);
    }

    private static Uri GraphOf(CloudEnvironment environment) => new(environment switch
    {
        CloudEnvironment.USGov => "https://graph.microsoft.us",
        CloudEnvironment.USGovDoD => "https://dod-graph.microsoft.us",
        CloudEnvironment.China => "https://microsoftgraph.chinacloudapi.cn",
        _ => "https://graph.microsoft.com",
    });

    private static Uri AuthorityOf(CloudEnvironment environment) => new(environment switch
    {
        CloudEnvironment.USGov or CloudEnvironment.USGovDoD => "https://login.microsoftonline.us",
        CloudEnvironment.China => "https://login.partner.microsoftonline.cn",
        _ => "https://login.microsoftonline.com",
    });

    private static Uri RequireHttps(Uri endpoint, string parameter)
    {
        if (!endpoint.IsAbsoluteUri || endpoint.Host.Length == 0 || endpoint.Query.Length > 0 || endpoint.UserInfo.Length > 0)
        {
            throw new InboundProvisioningException(
                "EndpointInvalid",
                FaultKind.InvalidArgument,
                $"-{parameter} must be an absolute URL such as 'https://graph.example.com', without query and user name.",
                parameter);
        }

        if (endpoint.Scheme != Uri.UriSchemeHttps)
        {
            throw new InboundProvisioningException(
                "EndpointNotHttps",
                FaultKind.InvalidArgument,
                $"-{parameter} '{endpoint}' is not https. Tokens and worker records are sent over TLS only.",
                parameter);
        }

        return endpoint;
    }

    // MSAL takes the first part of the path for the tenant.
    private static Uri RequireNoPath(Uri authority) => authority.AbsolutePath == "/"
        ? authority
        : throw new InboundProvisioningException(
            "EndpointInvalid",
            FaultKind.InvalidArgument,
            $"-AuthorityHost takes scheme and server alone, {authority.Shown()}, without a path. The tenant goes to -TenantId.",
            "AuthorityHost");

    private static Uri WithoutVersion(Uri graph)
    {
        string text = Text(graph);
        foreach (string version in new[] { "/v1.0", "/beta" })
        {
            if (text.EndsWith(version, StringComparison.OrdinalIgnoreCase))
            {
                return new Uri(text.Substring(0, text.Length - version.Length));
            }
        }

        return graph;
    }

    private static string Text(Uri uri) => uri.GetLeftPart(UriPartial.Path).TrimEnd('/');
}
