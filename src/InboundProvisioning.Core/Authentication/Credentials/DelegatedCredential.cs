using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Authentication.Tokens;
using Microsoft.Identity.Client;

namespace InboundProvisioning.Authentication.Credentials;

/// <summary>A person who signs in through an app. The token carries delegated permissions, which are asked for by name.</summary>
public abstract class DelegatedCredential : Credential
{
    private readonly IReadOnlyList<string> _permissions;

    private protected DelegatedCredential(string? tenantId, string clientId, IReadOnlyList<string> permissions)
        : base(tenantId, clientId)
    {
        _permissions = permissions;
    }

    /// <inheritdoc/>
    public sealed override AuthenticationType? AuthenticationType => Authentication.AuthenticationType.Delegated;

    private protected ITokenSource CreateTokenSource(
        SignInContext context, Func<IPublicClientApplication, string[], CancellationToken, Task<AuthenticationResult>> signIn) =>
        new PublicClientTokenSource(context, TenantId, ClientId!, [.. _permissions.Select(context.Endpoints.ScopeOf)], signIn);
}
