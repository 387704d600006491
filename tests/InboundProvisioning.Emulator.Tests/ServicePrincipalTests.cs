using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;

using Xunit;

namespace InboundProvisioning.Emulator.Tests;

public sealed class ServicePrincipalTests(RunningEmulator emulator) : IClassFixture<RunningEmulator>
{
    [Theory]
    [InlineData("v1.0", false)]
    [InlineData("v1.0", true)]
    [InlineData("beta", false)]
    [InlineData("beta", true)]
    public async Task The_app_is_found_by_object_id_or_by_app_id(string version, bool byAppId)
    {
        Guid id = byAppId ? emulator.Address.AppId : emulator.Address.ServicePrincipalId;

        Answer answer = await emulator.GetAsync(
            $"/{version}/servicePrincipals?$filter=id eq '{id}' or appId eq '{id}'&$select=id,appId,displayName,applicationTemplateId");

        Assert.Equal(200, answer.Status);
        JsonElement found = Assert.Single(answer.Json.GetProperty("value").EnumerateArray());
        Assert.Equal(["id", "appId", "displayName", "applicationTemplateId"], found.EnumerateObject().Select(property => property.Name));
        Assert.Equal(emulator.Address.ServicePrincipalId, found.GetProperty("id").GetGuid());
        Assert.Equal(emulator.Address.AppId, found.GetProperty("appId").GetGuid());
        Assert.Equal("40d8f01e-b0d7-4b4f-938b-05190712e598", found.GetProperty("applicationTemplateId").GetString());
        Assert.Equal(
            $"{emulator.Address.Graph}/{version}/$metadata#servicePrincipals(id,appId,displayName,applicationTemplateId)",
            answer.Json.GetProperty("@odata.context").GetString());
        Assert.StartsWith("application/json;odata.metadata=minimal", answer.Headers["Content-Type"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("id eq 'nobody'")]
    [InlineData("displayName eq 'it''s nobody'")]
    public async Task A_filter_that_matches_nothing_gives_an_empty_collection(string filter)
    {
        Answer answer = await emulator.GetAsync($"/v1.0/servicePrincipals?$filter={Uri.EscapeDataString(filter)}");

        Assert.Equal(200, answer.Status);
        Assert.Empty(answer.Json.GetProperty("value").EnumerateArray());
    }

    [Theory]
    [InlineData("id eq 'a' or", "BadRequest")]
    [InlineData("id = 'a'", "BadRequest")]
    [InlineData("id eq 'a", "BadRequest")]
    [InlineData("id eq 'a' or nothing eq 'b'", "Request_UnsupportedQuery")]
    [InlineData("contains(displayName,'a')", "Request_UnsupportedQuery")]
    [InlineData("id eq 'a' or id eq 'b' and id eq 'c'", "BadRequest")]
    public async Task A_filter_that_is_wrong_is_a_bad_request(string filter, string code) =>
        (await emulator.GetAsync($"/v1.0/servicePrincipals?$filter={Uri.EscapeDataString(filter)}")).GraphMessage(400, code);

    [Theory]
    [InlineData("startswith(displayName,'api-driven')", 1)]
    [InlineData("displayName in ('API client', 'Microsoft Graph')", 2)]
    [InlineData("displayName eq 'API client' and servicePrincipalType eq 'Application'", 1)]
    [InlineData("displayName eq 'API client' and servicePrincipalType eq 'ManagedIdentity'", 0)]
    [InlineData("applicationTemplateId eq '40d8f01e-b0d7-4b4f-938b-05190712e598'", 1)]
    [InlineData("servicePrincipalType eq 'ManagedIdentity'", 2)]
    public async Task Documented_filters_find_what_they_say(string filter, int count) => Assert.Equal(
        count,
        (await emulator.GetAsync($"/v1.0/servicePrincipals?$filter={Uri.EscapeDataString(filter)}")).Json.GetProperty("value").GetArrayLength());

    [Fact]
    public async Task Pages_lead_to_each_other_until_all_are_seen()
    {
        var names = new List<string>();
        string? next = "/v1.0/servicePrincipals?$select=displayName&$top=2";
        int pages = 0;
        while (next is not null)
        {
            Answer page = await emulator.GetAsync(next);
            JsonElement[] found = [.. page.Json.GetProperty("value").EnumerateArray()];
            Assert.InRange(found.Length, 1, 2);
            names.AddRange(found.Select(principal => principal.GetProperty("displayName").GetString()!));
            next = page.Json.TryGetProperty("@odata.nextLink", out JsonElement link) ? link.GetString() : null;
            pages++;
        }

        Assert.Equal(3, pages);
        Assert.Equal(5, names.Distinct().Count());
    }

    [Theory]
    [InlineData("$top=0")]
    [InlineData("$top=1000")]
    [InlineData("$top=many")]
    [InlineData("$skiptoken=invented")]
    public async Task A_page_that_cannot_be_is_a_bad_request(string query) =>
        (await emulator.GetAsync($"/v1.0/servicePrincipals?{query}")).GraphMessage(400, "BadRequest");

    [Fact]
    public async Task The_app_and_what_belongs_to_it_are_found_under_its_app_id()
    {
        string byAppId = $"/v1.0/servicePrincipals(appId='{emulator.Address.AppId}')";

        Assert.Equal(emulator.Address.ServicePrincipalId, (await emulator.GetAsync(byAppId)).Json.GetProperty("id").GetGuid());
        Assert.Equal(1, (await emulator.GetAsync($"{byAppId}/synchronization/jobs")).Json.GetProperty("value").GetArrayLength());
        (await emulator.GetAsync($"/v1.0/servicePrincipals(appId='{Guid.NewGuid()}')")).GraphMessage(404, "Request_ResourceNotFound");
    }

    [Fact]
    public async Task A_managed_identity_is_a_service_principal_that_names_its_resource()
    {
        JsonElement identity = (await emulator.GetAsync($"/v1.0/servicePrincipals/{emulator.Address.UserAssignedPrincipalId}")).Json;

        Assert.Equal("ManagedIdentity", identity.GetProperty("servicePrincipalType").GetString());
        Assert.Equal(emulator.Address.UserAssignedClientId, identity.GetProperty("appId").GetGuid());
        Assert.Contains(
            emulator.Address.UserAssignedResourceId, identity.GetProperty("alternativeNames").EnumerateArray().Select(name => name.GetString()));
    }

    [Fact]
    public async Task An_unknown_property_in_select_is_a_bad_request() =>
        (await emulator.GetAsync("/v1.0/servicePrincipals?$select=id,nothing")).GraphMessage(400, "BadRequest");

    [Fact]
    public async Task The_app_is_read_by_object_id_and_not_by_app_id()
    {
        Answer found = await emulator.GetAsync($"/v1.0/servicePrincipals/{emulator.Address.ServicePrincipalId}");
        Assert.Equal(emulator.Address.AppId, found.Json.GetProperty("appId").GetGuid());

        Answer missing = await emulator.GetAsync($"/v1.0/servicePrincipals/{emulator.Address.AppId}");
        Assert.Contains(
            emulator.Address.AppId.ToString(), missing.GraphMessage(404, "Request_ResourceNotFound"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("v1.0")]
    [InlineData("beta")]
    public async Task The_app_has_one_running_job(string version)
    {
        string jobs = $"/{version}/servicePrincipals/{emulator.Address.ServicePrincipalId}/synchronization/jobs";

        JsonElement listed = Assert.Single((await emulator.GetAsync(jobs)).Json.GetProperty("value").EnumerateArray());
        JsonElement read = (await emulator.GetAsync($"{jobs}/{emulator.Address.JobId}")).Json;

        foreach (JsonElement job in new[] { listed, read })
        {
            Assert.Equal(emulator.Address.JobId, job.GetProperty("id").GetString());
            Assert.StartsWith($"API2AAD.{emulator.Address.TenantId:N}.", job.GetProperty("id").GetString());
            Assert.Equal("API2AAD", job.GetProperty("templateId").GetString());
            Assert.Equal("Active", job.GetProperty("schedule").GetProperty("state").GetString());
            Assert.Equal("PT40M", job.GetProperty("schedule").GetProperty("interval").GetString());
            Assert.Equal("Active", job.GetProperty("status").GetProperty("code").GetString());
            Assert.Equal("0001-01-01T00:00:00Z", job.GetProperty("status").GetProperty("steadyStateFirstAchievedTime").GetString());
        }
    }

    [Fact]
    public async Task Jobs_of_an_unknown_app_and_unknown_jobs_are_not_found()
    {
        string unknown = Guid.NewGuid().ToString();

        (await emulator.GetAsync($"/v1.0/servicePrincipals/{unknown}/synchronization/jobs")).GraphMessage(404, "Request_ResourceNotFound");
        (await emulator.GetAsync($"{emulator.Jobs}/{unknown}")).GraphMessage(404, "Request_ResourceNotFound");
    }

    [Fact]
    public async Task The_clients_request_id_comes_back_beside_the_services_own()
    {
        HttpRequestMessage request = await emulator.AuthorizedAsync(new HttpRequestMessage(HttpMethod.Get, emulator.Jobs));
        request.Headers.Add("client-request-id", "my-request");

        Answer answer = await emulator.SendAsync(request);

        Assert.Equal("my-request", answer.Headers["client-request-id"]);
        Assert.True(Guid.TryParse(answer.Headers["request-id"], out _));
        Assert.True(answer.Headers.ContainsKey("Date"));
    }
}
