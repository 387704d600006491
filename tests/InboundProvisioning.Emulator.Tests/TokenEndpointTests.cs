using System;
using System.Buffers.Text;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;

using Xunit;

namespace InboundProvisioning.Emulator.Tests;

public sealed class TokenEndpointTests(RunningEmulator emulator) : IClassFixture<RunningEmulator>
{
    private Dictionary<string, string> SecretFields()
    {
        Dictionary<string, string> fields = emulator.TokenFields();
        fields["client_secret"] = emulator.Address.ClientSecret;
        return fields;
    }

    [Fact]
    public async Task A_secret_in_the_form_gets_a_bearer_token()
    {
        Answer answer = await emulator.RequestTokenAsync(SecretFields());

        Assert.Equal(200, answer.Status);
        Assert.Equal("Bearer", answer.Json.GetProperty("token_type").GetString());
        Assert.Equal(3599, answer.Json.GetProperty("expires_in").GetInt32());
        Assert.Contains("no-store", answer.Headers["Cache-Control"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_in_the_authorization_header_gets_a_token()
    {
        Dictionary<string, string> fields = emulator.TokenFields();
        fields.Remove("client_id");
        string credential = $"{emulator.Address.ClientId}:{Uri.EscapeDataString(emulator.Address.ClientSecret)}";
        var request = new HttpRequestMessage(HttpMethod.Post, emulator.TokenUrl) { Content = new FormUrlEncodedContent(fields) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credential)));

        Assert.Equal(200, (await emulator.SendAsync(request)).Status);
    }

    [Fact]
    public async Task The_token_names_tenant_client_and_roles_and_is_signed_with_a_published_key()
    {
        string token = await emulator.SignInAsync();

        string[] parts = token.Split('.');
        JsonElement header = JsonElement.Parse(Base64Url.DecodeFromChars(parts[0]));
        JsonElement claims = JsonElement.Parse(Base64Url.DecodeFromChars(parts[1]));
        JsonElement configuration = await DocumentAsync($"/{emulator.Address.TenantId}/.well-known/openid-configuration");
        JsonElement keys = await DocumentAsync(configuration.GetProperty("jwks_uri").GetString()!);
        JsonElement key = keys.GetProperty("keys").EnumerateArray().Single(k => k.GetProperty("kid").ValueEquals(header.GetProperty("kid").GetString()));
        using var rsa = RSA.Create(new RSAParameters
        {
            Modulus = Base64Url.DecodeFromChars(key.GetProperty("n").GetString()),
            Exponent = Base64Url.DecodeFromChars(key.GetProperty("e").GetString()),
        });
        Assert.True(rsa.VerifyData(
            Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

        Assert.Equal(emulator.Address.Graph, claims.GetProperty("aud").GetString());
        Assert.Equal(configuration.GetProperty("issuer").GetString(), claims.GetProperty("iss").GetString());
        Assert.Equal(emulator.Address.TenantId, claims.GetProperty("tid").GetGuid());
        Assert.Equal(emulator.Address.ClientId, claims.GetProperty("appid").GetGuid());
        Assert.Equal("1.0", claims.GetProperty("ver").GetString());
        Assert.Equal(3600, claims.GetProperty("exp").GetInt64() - claims.GetProperty("iat").GetInt64());
        Assert.Equal(
            ["Application.Read.All", "Synchronization.Read.All", "SynchronizationData-User.Upload"],
            claims.GetProperty("roles").EnumerateArray().Select(role => role.GetString()!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_discovery_document_leads_to_the_token_endpoint()
    {
        JsonElement document = await DocumentAsync($"/{emulator.Address.TenantId}/v2.0/.well-known/openid-configuration");

        Assert.Equal(emulator.TokenUrl, document.GetProperty("token_endpoint").GetString());
        Assert.Equal($"{emulator.Address.Authority}/{emulator.Address.TenantId}/v2.0", document.GetProperty("issuer").GetString());
    }

    [Fact]
    public async Task The_discovery_document_of_another_tenant_is_refused() =>
        (await emulator.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"/{Guid.NewGuid()}/v2.0/.well-known/openid-configuration")))
            .IsTokenError(400, "invalid_tenant", 90002);

    [Theory]
    [InlineData("client_secret", "wrong", 401, "invalid_client", 7000215)]
    [InlineData("client_secret", null, 401, "invalid_client", 7000216)]
    [InlineData("client_id", "6ad8f8b5-9a3b-4b8f-8a4e-3d7e0f1f6f6a", 400, "unauthorized_client", 700016)]
    [InlineData("client_id", null, 400, "invalid_request", 900144)]
    [InlineData("grant_type", "password", 400, "unsupported_grant_type", 70003)]
    [InlineData("grant_type", null, 400, "invalid_request", 900144)]
    [InlineData("scope", null, 400, "invalid_request", 900144)]
    [InlineData("scope", "User.Read.All", 400, "invalid_scope", 1002012)]
    [InlineData("scope", "https://graph.microsoft.com/.default", 400, "invalid_resource", 500011)]
    public async Task A_wrong_or_missing_parameter_gets_the_documented_error(string name, string? value, int status, string error, int code)
    {
        Dictionary<string, string> fields = SecretFields();
        fields.Remove(name);
        if (value is not null)
        {
            fields[name] = value;
        }

        (await emulator.RequestTokenAsync(fields)).IsTokenError(status, error, code);
    }

    [Fact]
    public async Task An_unknown_tenant_gets_the_documented_error() =>
        (await emulator.RequestTokenAsync(SecretFields(), emulator.TokenUrl.Replace(
            emulator.Address.TenantId.ToString(), "contoso.example", StringComparison.Ordinal))).IsTokenError(400, "invalid_request", 90002);

    [Fact]
    public async Task A_body_that_is_no_form_lacks_every_parameter() =>
        (await emulator.SendAsync(new HttpRequestMessage(HttpMethod.Post, emulator.TokenUrl) { Content = new StringContent("{}") }))
            .IsTokenError(400, "invalid_request", 900144);

    [Fact]
    public async Task The_correlation_id_is_that_of_the_client()
    {
        Guid correlationId = Guid.NewGuid();
        var request = new HttpRequestMessage(HttpMethod.Post, emulator.TokenUrl) { Content = new FormUrlEncodedContent(emulator.TokenFields()) };
        request.Headers.Add("client-request-id", correlationId.ToString());

        Answer answer = await emulator.SendAsync(request);

        Assert.Equal(correlationId, answer.Json.GetProperty("correlation_id").GetGuid());
        Assert.Equal(correlationId.ToString(), answer.Headers["client-request-id"]);
    }

    [Fact]
    public async Task Roles_are_those_of_the_options()
    {
        await using RunningEmulator other = await RunningEmulator.StartAsync(new EmulatorOptions { Roles = ["ProvisioningLog.Read.All"] });

        string token = await other.SignInAsync();

        JsonElement claims = JsonElement.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]));
        Assert.Equal("ProvisioningLog.Read.All", Assert.Single(claims.GetProperty("roles").EnumerateArray()).GetString());
    }

    private async Task<JsonElement> DocumentAsync(string url)
    {
        Answer answer = await emulator.SendAsync(new HttpRequestMessage(HttpMethod.Get, url));
        Assert.Equal(200, answer.Status);
        return answer.Json;
    }
}
