using System;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Authentication;
using InboundProvisioning.Authentication.Credentials;
using InboundProvisioning.Graph;

namespace InboundProvisioning.FrameworkHost;

/// <summary>Each way to sign in without a person, over TLS.</summary>
internal sealed class SignInChecks(Service service)
{
    public Task A_secret_signs_in() => SignsIn(service.Secret());

    public Task A_certificate_signs_in() => SignsIn(new CertificateCredential(
        service["tenantId"],
        service["clientId"],
        CertificateFile.Read(service["certificatePath"], new NetworkCredential(string.Empty, service["certificatePassword"]).SecurePassword)));

    public Task A_federated_token_signs_in() =>
        SignsIn(new FederatedTokenCredential(service["tenantId"], service["clientId"], service["federatedTokenPath"]));

    public Task The_identity_of_the_machine_signs_in() => SignsInAsIdentity(null);

    public Task An_assigned_identity_signs_in() => SignsInAsIdentity(service["userAssignedClientId"]);

    public async Task A_wrong_secret_is_an_error()
    {
        using ServiceConnection connection = service.Open(service.Secret("wrong"));
        Expect.Equal("SignInFailed", (await Fault(connection)).ErrorId);
    }

    public async Task A_root_that_is_not_trusted_is_an_error()
    {
        using ServiceConnection connection = service.Open(trusts: false);
        Expect.Equal("ServerNotTrusted", (await Fault(connection)).ErrorId);
    }

    private async Task SignsInAsIdentity(string? clientId)
    {
        Environment.SetEnvironmentVariable("IDENTITY_ENDPOINT", service["managedIdentityEndpoint"]);
        Environment.SetEnvironmentVariable("IDENTITY_HEADER", service["managedIdentityHeader"]);
        await SignsIn(new ManagedIdentityCredential(clientId));
    }

    private async Task SignsIn(Credential credential)
    {
        using ServiceConnection connection = service.Open(credential);
        AccessToken token = await connection.Tokens.GetTokenAsync(null, CancellationToken.None);
        Expect.Equal(service["tenantId"], token.Claims!.TenantId);
    }

    private static async Task<InboundProvisioningException> Fault(ServiceConnection connection)
    {
        try
        {
            await connection.Tokens.GetTokenAsync(null, CancellationToken.None);
        }
        catch (InboundProvisioningException fault)
        {
            return fault;
        }

        throw new InvalidOperationException("There was no fault.");
    }
}
