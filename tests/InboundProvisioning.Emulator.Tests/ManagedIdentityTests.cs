using System;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;

using InboundProvisioning.Emulator.Faults;

using Microsoft.Identity.Client;
using Microsoft.Identity.Client.AppConfig;

using Xunit;

namespace InboundProvisioning.Emulator.Tests;

/// <summary>Tokens of managed identities, as code that runs in Azure gets them.</summary>
public sealed class ManagedIdentityTests : IAsyncLifetime
{
    private RunningEmulator _emulator = null!;

    private EmulatorAddress Address => _emulator.Address;

    private string Resource => Uri.EscapeDataString(Address.Graph);

    public async Task InitializeAsync() =>
        _emulator = await RunningEmulator.StartAsync(new EmulatorOptions { ManagedIdentityRoles = ["SynchronizationData-User.Upload"] });

    public Task DisposeAsync() => _emulator.DisposeAsync().AsTask();

    [Theory]
    [InlineData("")]
    [InlineData("client_id")]
    [InlineData("mi_res_id")]
    [InlineData("principal_id")]
    public async Task App_Service_gives_a_token_of_the_identity_that_is_named(string by)
    {
        Answer answer = await AppServiceAsync($"?api-version=2019-08-01&resource={Resource}{Named(by)}");

        AssertToken(answer, by.Length > 0);
        JsonElement body = answer.Json;
        Assert.Equal("Bearer", body.GetProperty("token_type").GetString());
        Assert.Equal(Address.Graph, body.GetProperty("resource").GetString());
        Assert.InRange(long.Parse(body.GetProperty("expires_on").GetString()!), DateTimeOffset.UtcNow.ToUnixTimeSeconds(), long.MaxValue);
    }

    [Fact]
    public async Task Azure_Automation_sends_Metadata_and_no_version()
    {
        AssertToken(await AppServiceAsync($"?resource={Resource}", metadata: true), userAssigned: false);
        Assert.Equal(400, (await AppServiceAsync($"?resource={Resource}")).Status);
    }

    [Fact]
    public async Task Azure_Automation_also_posts_a_form()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Address.ManagedIdentityEndpoint)
        {
            Content = new FormUrlEncodedContent([new("resource", Address.Graph), new("client_id", Address.UserAssignedClientId.ToString())]),
        };
        request.Headers.Add("X-IDENTITY-HEADER", Address.ManagedIdentityHeader);
        request.Headers.Add("Metadata", "True");

        AssertToken(await _emulator.SendAsync(request), userAssigned: true);
    }

    [Theory]
    [InlineData("?api-version=2019-08-01&resource=https%3A%2F%2Fvault.azure.net", 400)]
    [InlineData("?api-version=2019-08-01", 400)]
    [InlineData("?api-version=2019-08-01&resource=x&client_id=6ad8f8b5-9a3b-4b8f-8a4e-3d7e0f1f6f6a", 400)]
    [InlineData("?api-version=2017-09-01&resource=x", 400)]
    public async Task App_Service_refuses_what_is_wrong(string query, int status)
    {
        Answer answer = await AppServiceAsync(query);

        Assert.Equal(status, answer.Status);
        Assert.Equal(status, answer.Json.GetProperty("statusCode").GetInt32());
        Assert.NotEmpty(answer.Json.GetProperty("message").GetString()!);
    }

    [Fact]
    public async Task App_Service_refuses_who_does_not_know_the_header() =>
        Assert.Equal(401, (await AppServiceAsync($"?api-version=2019-08-01&resource={Resource}", header: "wrong")).Status);

    [Theory]
    [InlineData("")]
    [InlineData("client_id")]
    [InlineData("msi_res_id")]
    [InlineData("object_id")]
    public async Task The_metadata_service_gives_a_token_of_the_identity_that_is_named(string by)
    {
        Answer answer = await MetadataAsync($"?api-version=2018-02-01&resource={Resource}{Named(by)}");

        AssertToken(answer, by.Length > 0);
        Assert.Equal("3599", answer.Json.GetProperty("expires_in").GetString());
    }

    [Theory]
    [InlineData("?api-version=2018-02-01&resource=https%3A%2F%2Fvault.azure.net", true, "invalid_resource")]
    [InlineData("?api-version=2018-02-01", true, "invalid_request")]
    [InlineData("?resource=x", true, "invalid_request")]
    [InlineData("?api-version=2018-02-01&resource=x&client_id=6ad8f8b5-9a3b-4b8f-8a4e-3d7e0f1f6f6a", true, "invalid_request")]
    [InlineData("?api-version=2018-02-01&resource=x", false, "invalid_request")]
    public async Task The_metadata_service_refuses_what_is_wrong(string query, bool metadata, string error)
    {
        Answer answer = await MetadataAsync(query, metadata);

        Assert.Equal(400, answer.Status);
        Assert.Equal(error, answer.Json.GetProperty("error").GetString());
        Assert.NotEmpty(answer.Json.GetProperty("error_description").GetString()!);
    }

    [Fact]
    public async Task Plain_http_serves_nothing_but_managed_identities()
    {
        Assert.Equal(404, (await _emulator.SendAsync(new(HttpMethod.Get, $"{Address.ImdsHost}/v1.0/servicePrincipals"))).Status);
        Assert.Equal(404, (await _emulator.SendAsync(new(HttpMethod.Get, $"{Address.ImdsHost}/emulator/requests"))).Status);
        Assert.Equal(404, (await _emulator.SendAsync(new(HttpMethod.Get, "/msi/token"))).Status);
        Assert.Equal(404, (await _emulator.SendAsync(new(HttpMethod.Get, "/metadata/identity/oauth2/token"))).Status);
    }

    [Fact]
    public async Task The_token_carries_the_roles_of_its_identity()
    {
        string token = (await AppServiceAsync($"?api-version=2019-08-01&resource={Resource}")).Json.GetProperty("access_token").GetString()!;
        var upload = new HttpRequestMessage(HttpMethod.Post, _emulator.BulkUpload)
        {
            Content = new StringContent(Bulk.Request("1").ToJsonString(), System.Text.Encoding.UTF8, "application/scim+json"),
        };
        upload.Headers.Authorization = new("Bearer", token);

        Assert.Equal(202, (await _emulator.SendAsync(upload)).Status);
    }

    [Fact]
    public async Task A_new_identity_has_no_role()
    {
        await using RunningEmulator fresh = await RunningEmulator.StartAsync(new EmulatorOptions());
        var request = new HttpRequestMessage(
            HttpMethod.Get, $"{fresh.Address.ManagedIdentityEndpoint}?api-version=2019-08-01&resource={Uri.EscapeDataString(fresh.Address.Graph)}");
        request.Headers.Add("X-IDENTITY-HEADER", fresh.Address.ManagedIdentityHeader);

        JsonElement claims = Jwt.Claims((await fresh.SendAsync(request)).Json.GetProperty("access_token").GetString()!);

        Assert.Equal(0, claims.GetProperty("roles").GetArrayLength());
    }

    [Fact]
    public async Task Faults_strike_here_too()
    {
        _emulator.Host.AddFaults(new Fault { Path = "/msi/token", Status = 500 }, new Fault { Path = "/metadata/", Status = 429, RetryAfter = "1" });

        Assert.Equal(500, (await AppServiceAsync($"?api-version=2019-08-01&resource={Resource}")).Json.GetProperty("statusCode").GetInt32());
        Answer throttled = await MetadataAsync($"?api-version=2018-02-01&resource={Resource}");
        Assert.Equal(429, throttled.Status);
        Assert.Equal("1", throttled.Headers["Retry-After"]);
    }

    /// <summary>In one test, because MSAL reads the environment of the process and keeps what it saw first.</summary>
    [Fact]
    public async Task MSAL_gets_tokens_from_both()
    {
        try
        {
            Environment.SetEnvironmentVariable("AZURE_POD_IDENTITY_AUTHORITY_HOST", Address.ImdsHost);
            Assert.Equal(Address.UserAssignedPrincipalId, await WithMsalAsync(ManagedIdentityId.WithUserAssignedResourceId(Address.UserAssignedResourceId)));

            Environment.SetEnvironmentVariable("IDENTITY_ENDPOINT", Address.ManagedIdentityEndpoint);
            Environment.SetEnvironmentVariable("IDENTITY_HEADER", Address.ManagedIdentityHeader);
            Assert.Equal(Address.SystemAssignedPrincipalId, await WithMsalAsync(ManagedIdentityId.SystemAssigned));
            Assert.Equal(
                Address.UserAssignedPrincipalId, await WithMsalAsync(ManagedIdentityId.WithUserAssignedClientId(Address.UserAssignedClientId.ToString())));
        }
        finally
        {
            foreach (string variable in (string[])["AZURE_POD_IDENTITY_AUTHORITY_HOST", "IDENTITY_ENDPOINT", "IDENTITY_HEADER"])
            {
                Environment.SetEnvironmentVariable(variable, null);
            }
        }
    }

    private async Task<Guid> WithMsalAsync(ManagedIdentityId identity)
    {
        IManagedIdentityApplication application =
            ManagedIdentityApplicationBuilder.Create(identity).WithHttpClientFactory(new MsalHttpClient(_emulator.Http)).Build();
        AuthenticationResult result = await application.AcquireTokenForManagedIdentity(Address.Graph).ExecuteAsync();
        return Jwt.Claims(result.AccessToken).GetProperty("oid").GetGuid();
    }

    private void AssertToken(Answer answer, bool userAssigned)
    {
        Assert.Equal(200, answer.Status);
        JsonElement claims = Jwt.Claims(answer.Json.GetProperty("access_token").GetString()!);
        Assert.Equal(userAssigned ? Address.UserAssignedPrincipalId : Address.SystemAssignedPrincipalId, claims.GetProperty("oid").GetGuid());
        Assert.Equal(answer.Json.GetProperty("client_id").GetGuid(), claims.GetProperty("appid").GetGuid());
        Assert.Equal(userAssigned, claims.GetProperty("appid").GetGuid() == Address.UserAssignedClientId);
    }

    private string Named(string by) => by switch
    {
        "" => "",
        "client_id" => $"&client_id={Address.UserAssignedClientId}",
        "object_id" or "principal_id" => $"&{by}={Address.UserAssignedPrincipalId}",
        _ => $"&{by}={Uri.EscapeDataString(Address.UserAssignedResourceId)}",
    };

    private Task<Answer> AppServiceAsync(string query, bool metadata = false, string? header = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, Address.ManagedIdentityEndpoint + query);
        request.Headers.Add("X-IDENTITY-HEADER", header ?? Address.ManagedIdentityHeader);
        if (metadata)
        {
            request.Headers.Add("Metadata", "True");
        }

        return _emulator.SendAsync(request);
    }

    private Task<Answer> MetadataAsync(string query, bool metadata = true)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"{Address.ImdsHost}/metadata/identity/oauth2/token{query}");
        if (metadata)
        {
            request.Headers.Add("Metadata", "true");
        }

        return _emulator.SendAsync(request);
    }
}
