using System;
using System.Linq;
using System.Net.Http;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Authentication;
using InboundProvisioning.Authentication.Credentials;
using InboundProvisioning.Authentication.Tokens;
using InboundProvisioning.Core.Tests.Graph;
using InboundProvisioning.Core.Tests.Timing;
using InboundProvisioning.Http;
using Xunit;

namespace InboundProvisioning.Core.Tests.Authentication;

public sealed class ConfidentialClientTokenSourceTests
{
    private const string Secret = "S3cret-of-the-app";

    private readonly ManualTimeProvider _clock = new();
    private readonly FakeService _authority = new();

    [Fact]
    public async Task A_token_is_asked_for_at_the_private_authority_with_the_default_scope_and_kept()
    {
        _authority.Answer(200, Token("one"));
        using MsalTokenSource source = WithSecret();

        AccessToken first = await Get(source);
        AccessToken second = await Get(source);

        Assert.Equal("one", first.Value);
        Assert.Same(first, second);
        Assert.NotNull(first.ExpiresOn);
        SentRequest sent = Assert.Single(_authority.Sent);
        Assert.Equal("https://sts.example/contoso.example/oauth2/v2.0/token", sent.Uri.GetLeftPart(UriPartial.Path));
        string form = Uri.UnescapeDataString(Encoding.UTF8.GetString(sent.Body!));
        Assert.Contains("scope=https://graph.example/.default", form, StringComparison.Ordinal);
        Assert.Contains("grant_type=client_credentials", form, StringComparison.Ordinal);
        Assert.Contains("client_secret=" + Secret, form, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_signs_an_assertion()
    {
        _authority.Answer(200, Token("one"));
        using X509Certificate2 certificate = TestCertificates.Rsa(_clock.GetUtcNow().AddDays(-1), _clock.GetUtcNow().AddDays(1));
        using var credential = new CertificateCredential("contoso.example", "app", certificate);
        using var source = (MsalTokenSource)credential.CreateTokenSource(Context());

        await Get(source);

        Assert.Contains("client_assertion=", Encoding.UTF8.GetString(Assert.Single(_authority.Sent).Body!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_that_had_the_same_token_refused_share_one_renewal()
    {
        _authority.Answer(200, Token("one")).Answer(200, Token("two"));
        using MsalTokenSource source = WithSecret();
        AccessToken refused = await Get(source);

        AccessToken[] renewed = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => source.GetTokenAsync(refused, CancellationToken.None)));

        Assert.All(renewed, token => Assert.Equal("two", token.Value));
        Assert.Equal(2, _authority.Sent.Count);
    }

    [Fact]
    public async Task The_words_of_the_service_come_with_a_remedy_and_without_the_secret()
    {
        _authority.Answer(401, """
            {"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret provided.\r\nTrace ID: 1","error_codes":[7000215]}
            """);
        using MsalTokenSource source = WithSecret();

        var fault = await Assert.ThrowsAsync<InboundProvisioningException>(() => Get(source));

        Assert.Equal(("SignInFailed", FaultKind.Authentication), (fault.ErrorId, fault.Kind));
        Assert.Contains("AADSTS7000215: Invalid client secret provided. Trace ID: 1", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Give the secret's value, not its id.", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, fault.ToString(), StringComparison.Ordinal);
        Assert.Single(_authority.Sent);
    }

    [Theory]
    [InlineData(503)]
    [InlineData(429)]
    public async Task A_busy_authority_is_asked_again_by_us_and_not_by_MSAL(int status)
    {
        _authority.Answer(status).Answer(status).Answer(200, Token("one"));
        using MsalTokenSource source = WithSecret();

        Assert.Equal("one", (await RunUntilEnd(source.GetTokenAsync(refused: null, CancellationToken.None))).Value);
        Assert.Equal(3, _authority.Sent.Count);
    }

    [Fact]
    public async Task An_authority_that_cannot_be_reached_is_named()
    {
        _authority.Throw(new HttpRequestException("Name or service not known"));
        using MsalTokenSource source = WithSecret();

        var fault = await Assert.ThrowsAsync<InboundProvisioningException>(
            () => RunUntilEnd(source.GetTokenAsync(refused: null, CancellationToken.None)));

        Assert.Equal("ServiceUnreachable", fault.ErrorId);
        Assert.Contains("sts.example", fault.Message, StringComparison.Ordinal);
        Assert.Equal(4, _authority.Sent.Count);
    }

    [Theory]
    [InlineData("contoso/../evil")]
    [InlineData("https://evil.example")]
    [InlineData("a b")]
    public void A_tenant_that_is_neither_id_nor_domain_is_refused(string tenant) => Assert.Equal(
        "TenantIdInvalid",
        Assert.Throws<InboundProvisioningException>(
            () => new SecretCredential(tenant, "app", Secrets.Of(Secret)).CreateTokenSource(Context())).ErrorId);

    private SignInContext Context() => new(
        ServiceEndpoints.Create(CloudEnvironment.Global, new Uri("https://graph.example"), new Uri("https://sts.example")),
        _authority,
        new RetrySettings(),
        _clock);

    private static string Token(string value) => $$"""{"token_type":"Bearer","expires_in":3600,"access_token":"{{value}}"}""";

    private static Task<AccessToken> Get(MsalTokenSource source) => source.GetTokenAsync(refused: null, CancellationToken.None);

    private MsalTokenSource WithSecret() =>
        (MsalTokenSource)new SecretCredential("contoso.example", "app", Secrets.Of(Secret)).CreateTokenSource(Context());

    // The time limit of an attempt stays out of it.
    private Task<AccessToken> RunUntilEnd(Task<AccessToken> task) => _clock.RunUntil(task, TimeSpan.FromSeconds(25));
}
