using System.Threading.Tasks;
using InboundProvisioning.Authentication.Tokens;
using Microsoft.Identity.Client;

namespace InboundProvisioning.Authentication.Credentials;

/// <summary>
/// A token of another identity provider that the app trusts, in a file that its platform keeps fresh (Kubernetes, GitHub Actions):
/// https://learn.microsoft.com/entra/workload-id/workload-identity-federation. The file is read anew for each sign-in.
/// </summary>
public sealed class FederatedTokenCredential : Credential
{
    private readonly string _path;

    /// <summary>Names the file; it is read when a token is asked for.</summary>
    /// <param name="tenantId">The tenant's id or one of its domains.</param>
    /// <param name="clientId">The id of the app, or of the user-assigned managed identity, that has the federated credential.</param>
    /// <param name="path">The full path of the file.</param>
    public FederatedTokenCredential(string tenantId, string clientId, string path)
        : base(tenantId, clientId)
    {
        _path = path;
    }

    /// <inheritdoc/>
    public override string Description => "Federated token";

    /// <inheritdoc/>
    internal override ITokenSource CreateTokenSource(SignInContext context) => new ConfidentialClientTokenSource(
        context, TenantId!, ClientId!, builder => builder.WithClientAssertion((AssertionRequestOptions _) => Task.FromResult(FederatedTokenFile.Read(_path))));
}
