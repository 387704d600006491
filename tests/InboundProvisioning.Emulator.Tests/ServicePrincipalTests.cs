using System;
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
    public async Task A_filter_that_is_wrong_is_a_bad_request(string filter, string code) =>
        (await emulator.GetAsync($"/v1.0/servicePrincipals?$filter={Uri.EscapeDataString(filter)}")).GraphMessage(400, code);

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
