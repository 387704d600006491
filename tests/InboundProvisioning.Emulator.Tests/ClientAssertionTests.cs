using System;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

using Xunit;

namespace InboundProvisioning.Emulator.Tests;

public sealed class ClientAssertionTests(RunningEmulator emulator) : IClassFixture<RunningEmulator>
{
    private readonly ClientAssertion _assertion = new(emulator, DateTimeOffset.UtcNow);

    [Fact]
    public async Task PS256_with_the_SHA256_thumbprint_is_accepted() => await AcceptsAsync(_assertion.SignPs256());

    [Fact]
    public async Task RS256_with_the_SHA1_thumbprint_is_accepted() => await AcceptsAsync(_assertion.SignRs256());

    [Fact]
    public async Task Times_as_strings_are_accepted()
    {
        _assertion.Claims["nbf"] = _assertion.Claims["nbf"]!.ToString();
        _assertion.Claims["exp"] = _assertion.Claims["exp"]!.ToString();

        await AcceptsAsync(_assertion.SignPs256());
    }

    [Fact]
    public async Task The_audience_may_be_an_array()
    {
        _assertion.Claims["aud"] = new JsonArray(emulator.TokenUrl);

        await AcceptsAsync(_assertion.SignPs256());
    }

    [Fact]
    public async Task The_certificate_itself_may_come_along_as_an_array_or_as_a_string()
    {
        _assertion.Header["x5c"] = new JsonArray(_assertion.CertificateBase64);
        await AcceptsAsync(_assertion.SignPs256());

        _assertion.Header["x5c"] = _assertion.CertificateBase64;
        await AcceptsAsync(_assertion.SignPs256());
    }

    [Fact]
    public async Task Another_certificate_that_comes_along_is_refused()
    {
        _assertion.Header["x5c"] = new JsonArray(Convert.ToBase64String([1, 2, 3]));

        await RefusesAsync(_assertion.SignPs256(), 401, "invalid_client", 700027);
    }

    [Fact]
    public async Task Another_audience_is_refused()
    {
        _assertion.Claims["aud"] = emulator.Address.Graph;

        await RefusesAsync(_assertion.SignPs256(), 401, "invalid_client", 700023);
    }

    [Fact]
    public async Task An_expired_assertion_is_refused()
    {
        _assertion.Claims["nbf"] = DateTimeOffset.UtcNow.AddHours(-2).ToUnixTimeSeconds();
        _assertion.Claims["exp"] = DateTimeOffset.UtcNow.AddHours(-1).ToUnixTimeSeconds();

        await RefusesAsync(_assertion.SignPs256(), 401, "invalid_client", 700024);
    }

    [Fact]
    public async Task An_assertion_that_is_not_valid_yet_is_refused()
    {
        _assertion.Claims["nbf"] = DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds();

        await RefusesAsync(_assertion.SignPs256(), 401, "invalid_client", 700024);
    }

    [Fact]
    public async Task Another_key_is_refused()
    {
        using RSA other = RSA.Create(2048);

        await RefusesAsync(_assertion.SignPs256(other), 401, "invalid_client", 700027);
        await RefusesAsync(_assertion.SignRs256(other), 401, "invalid_client", 700027);
    }

    [Fact]
    public async Task Another_thumbprint_is_refused()
    {
        _assertion.Header["x5t#S256"] = _assertion.Sha1Thumbprint;

        await RefusesAsync(_assertion.SignPs256(), 401, "invalid_client", 700027);
    }

    [Fact]
    public async Task A_header_that_names_no_certificate_is_refused() =>
        await RefusesAsync(_assertion.Sign("PS256", RSASignaturePadding.Pss), 401, "invalid_client", 700027);

    [Fact]
    public async Task A_padding_other_than_the_header_says_is_refused()
    {
        _assertion.Header["x5t#S256"] = _assertion.Sha256Thumbprint;

        await RefusesAsync(_assertion.Sign("PS256", RSASignaturePadding.Pkcs1), 401, "invalid_client", 700027);
    }

    [Fact]
    public async Task Another_algorithm_is_refused()
    {
        _assertion.Header["x5t#S256"] = _assertion.Sha256Thumbprint;

        await RefusesAsync(_assertion.Sign("none", RSASignaturePadding.Pss), 401, "invalid_client", 5002738);
    }

    [Theory]
    [InlineData("iss")]
    [InlineData("sub")]
    public async Task Another_application_is_refused(string claim)
    {
        _assertion.Claims[claim] = Guid.NewGuid().ToString();

        await RefusesAsync(_assertion.SignPs256(), 401, "invalid_client", 700021);
    }

    [Theory]
    [InlineData("jti")]
    [InlineData("exp")]
    public async Task A_missing_claim_is_refused(string claim)
    {
        _assertion.Claims.Remove(claim);

        await RefusesAsync(_assertion.SignPs256(), 400, "invalid_request", 50027);
    }

    [Theory]
    [InlineData("no.token")]
    [InlineData("a.b.c")]
    [InlineData("e30.e30.~")]
    public async Task What_is_no_token_is_refused(string assertion) => await RefusesAsync(assertion, 400, "invalid_request", 50027);

    [Fact]
    public async Task Another_assertion_type_is_refused()
    {
        var fields = ClientAssertion.Fields(emulator, _assertion.SignPs256());
        fields["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:saml2-bearer";

        (await emulator.RequestTokenAsync(fields)).IsTokenError(400, "invalid_request", 50027);
    }

    private async Task AcceptsAsync(string assertion) =>
        Assert.Equal(200, (await emulator.RequestTokenAsync(ClientAssertion.Fields(emulator, assertion))).Status);

    private async Task RefusesAsync(string assertion, int status, string error, int code) =>
        (await emulator.RequestTokenAsync(ClientAssertion.Fields(emulator, assertion))).IsTokenError(status, error, code);
}
