using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;

using InboundProvisioning.Contract;

using Xunit;

namespace InboundProvisioning.Emulator.Tests;

/// <summary>Making a provisioning app: template, service principal, job, settings.</summary>
public sealed class ApplicationSetupTests : IAsyncLifetime
{
    private const string ToEntraId = "40d8f01e-b0d7-4b4f-938b-05190712e598";
    private const string ToActiveDirectory = "ec7c5431-5d84-453f-80d3-e3385e284eef";

    // The body of the page's example, with the settings that the portal sends.
    private const string Secrets =
        """
        { "value": [
          { "key": "SyncNotificationSettings", "value": "{\"Enabled\":true,\"Recipients\":\"a@b.example\",\"DeleteThresholdEnabled\":true,\"DeleteThresholdValue\":250,\"HumanResourcesLookaheadQueryEnabled\":false}" },
          { "key": "SyncAll", "value": "false" } ] }
        """;

    private RunningEmulator _emulator = null!;

    public async Task InitializeAsync() => _emulator = await RunningEmulator.StartAsync(new EmulatorOptions
    {
        Roles = ["Application.ReadWrite.All", "Synchronization.ReadWrite.All"],
        NotFoundAfterInstantiate = 0,
    });

    public Task DisposeAsync() => _emulator.DisposeAsync().AsTask();

    [Theory]
    [InlineData(ToEntraId, "API2AAD")]
    [InlineData(ToActiveDirectory, "API2AD")]
    public async Task An_app_is_made_and_its_job_is_ready_to_start(string templateId, string jobTemplate)
    {
        JsonElement made = (await InstantiateAsync(templateId)).Json;
        string id = made.GetProperty("servicePrincipal").GetProperty("id").GetString()!;

        JsonElement template = Assert.Single(
            (await _emulator.GetAsync($"/v1.0/servicePrincipals/{id}/synchronization/templates")).Json.GetProperty("value").EnumerateArray());
        Assert.Equal(jobTemplate, template.GetProperty("id").GetString());
        Answer created = await SendAsync(HttpMethod.Post, $"/v1.0/servicePrincipals/{id}/synchronization/jobs", $$"""{"templateId":"{{jobTemplate}}"}""");
        Assert.Equal(201, created.Status);
        JsonElement job = created.Json;
        string jobId = job.GetProperty("id").GetString()!;
        Assert.StartsWith($"{jobTemplate}.{_emulator.Address.TenantId:N}.", jobId, StringComparison.Ordinal);
        Assert.Equal(jobTemplate, job.GetProperty("templateId").GetString());
        Assert.Equal("Disabled", job.GetProperty("schedule").GetProperty("state").GetString());
        Assert.Equal("PT40M", job.GetProperty("schedule").GetProperty("interval").GetString());
        Assert.Equal("NotConfigured", job.GetProperty("status").GetProperty("code").GetString());
        Assert.Equal("0001-01-01T00:00:00Z", job.GetProperty("status").GetProperty("steadyStateFirstAchievedTime").GetString());

        Answer saved = await SendAsync(HttpMethod.Put, $"/v1.0/servicePrincipals/{id}/synchronization/secrets", Secrets);
        Assert.Equal((204, ""), (saved.Status, saved.Body));
        Assert.Equal(204, (await SendAsync(HttpMethod.Post, $"/v1.0/servicePrincipals/{id}/synchronization/jobs/{jobId}/start", "")).Status);

        JsonElement started = (await _emulator.GetAsync($"/v1.0/servicePrincipals/{id}/synchronization/jobs/{jobId}")).Json;
        Assert.Equal("Active", started.GetProperty("status").GetProperty("code").GetString());
        Assert.Equal("250", started.GetProperty("synchronizationJobSettings")[0].GetProperty("value").GetString());
    }

    [Fact]
    public async Task Instantiate_answers_application_and_service_principal_as_documented()
    {
        Answer answer = await InstantiateAsync(ToEntraId, "My custom name");

        Assert.Equal(201, answer.Status);
        Assert.Equal(
            $"{_emulator.Address.Graph}/v1.0/$metadata#microsoft.graph.applicationServicePrincipal",
            answer.Json.GetProperty("@odata.context").GetString());
        JsonElement application = answer.Json.GetProperty("application");
        JsonElement principal = answer.Json.GetProperty("servicePrincipal");
        Assert.Equal("My custom name", application.GetProperty("displayName").GetString());
        Assert.Equal("My custom name", principal.GetProperty("displayName").GetString());
        Assert.Equal(ToEntraId, principal.GetProperty("applicationTemplateId").GetString());
        Assert.Equal(application.GetProperty("appId").GetGuid(), principal.GetProperty("appId").GetGuid());
        Assert.NotEqual(application.GetProperty("id").GetGuid(), principal.GetProperty("id").GetGuid());

        // The properties of the examples of https://learn.microsoft.com/graph/api/applicationtemplate-instantiate
        AssertHas(principal,
            "accountEnabled", "addIns", "alternativeNames", "appDisplayName", "appOwnerOrganizationId", "appRoleAssignmentRequired", "appRoles",
            "homepage", "info", "keyCredentials", "logoutUrl", "oauth2PermissionScopes", "passwordCredentials", "replyUrls",
            "servicePrincipalNames", "servicePrincipalType", "tags", "tokenEncryptionKeyId");
        AssertHas(application,
            "isFallbackPublicClient", "applicationTemplateId", "identifierUris", "createdDateTime", "groupMembershipClaims", "optionalClaims", "addIns",
            "signInAudience", "tags", "tokenEncryptionKeyId", "api", "appRoles", "publicClient", "info", "keyCredentials",
            "parentalControlSettings", "passwordCredentials", "requiredResourceAccess", "web");
    }

    [Fact]
    public async Task Instantiate_refuses_an_unknown_template_and_a_missing_name()
    {
        (await InstantiateAsync("8adf8e6e-67b2-4cf2-a259-e3dc5476c621")).GraphMessage(404, "Request_ResourceNotFound");
        (await SendAsync(HttpMethod.Post, $"/v1.0/applicationTemplates/{ToEntraId}/instantiate", "{}")).GraphMessage(400, "BadRequest");
    }

    [Fact]
    public async Task A_new_service_principal_is_not_found_by_the_first_calls()
    {
        await using RunningEmulator slow = await RunningEmulator.StartAsync(new EmulatorOptions { Roles = ["Application.ReadWrite.All"] });
        string id = (await InstantiateAsync(ToEntraId, of: slow)).Json.GetProperty("servicePrincipal").GetProperty("id").GetString()!;

        (await slow.GetAsync($"/v1.0/servicePrincipals/{id}")).GraphMessage(404, "Request_ResourceNotFound");
        (await slow.GetAsync($"/v1.0/servicePrincipals/{id}/appRoleAssignments")).GraphMessage(404, "Request_ResourceNotFound");
        Assert.Equal(200, (await slow.GetAsync($"/v1.0/servicePrincipals/{id}")).Status);
    }

    [Theory]
    [InlineData("", 2)]
    [InlineData("?$filter=displayName eq 'API-driven provisioning to Microsoft Entra ID'", 1)]
    [InlineData("?$filter=contains(displayName, 'on-premises')", 1)]
    [InlineData("?$filter=displayName eq 'nothing'", 0)]
    public async Task The_gallery_can_be_searched(string query, int count)
    {
        JsonElement found = (await _emulator.GetAsync($"/v1.0/applicationTemplates{query}")).Json.GetProperty("value");

        Assert.Equal(count, found.GetArrayLength());
        foreach (JsonElement template in found.EnumerateArray())
        {
            // The properties of https://learn.microsoft.com/graph/api/resources/applicationtemplate
            AssertHas(template,
                "id", "displayName", "homePageUrl", "supportedSingleSignOnModes", "supportedProvisioningTypes", "logoUrl", "categories", "publisher",
                "description");
        }
    }

    [Fact]
    public async Task A_template_is_read_by_id()
    {
        Answer answer = await _emulator.GetAsync($"/v1.0/applicationTemplates/{ToActiveDirectory}");

        Assert.Equal("API-driven provisioning to on-premises Active Directory", answer.Json.GetProperty("displayName").GetString());
        Assert.EndsWith("#applicationTemplates/$entity", answer.Json.GetProperty("@odata.context").GetString(), StringComparison.Ordinal);
        (await _emulator.GetAsync($"/v1.0/applicationTemplates/{Guid.NewGuid()}")).GraphMessage(404, "Request_ResourceNotFound");
        (await _emulator.GetAsync("/v1.0/applicationTemplates?$filter=publisher eq 'Microsoft'")).GraphMessage(400, "BadRequest");
    }

    [Fact]
    public async Task A_job_template_is_read_by_id_with_its_schema()
    {
        string templates = $"/v1.0/servicePrincipals/{_emulator.Address.ServicePrincipalId}/synchronization/templates";

        JsonElement template = (await _emulator.GetAsync($"{templates}/API2AAD")).Json;

        // The properties of https://learn.microsoft.com/graph/api/resources/synchronization-synchronizationtemplate
        AssertHas(template, "id", "applicationId", "default", "description", "discoverable", "factoryTag", "metadata");
        Assert.NotEqual(0, template.GetProperty("schema").GetProperty("directories").GetArrayLength());
        (await _emulator.GetAsync($"{templates}/API2AD")).GraphMessage(404, "Request_ResourceNotFound");
    }

    [Theory]
    [InlineData("""{"templateId":"API2AD"}""", 400, "BadRequest")]
    [InlineData("""{"templateId":"API2AAD"}""", 409, "Conflict")]
    [InlineData("{}", 400, "BadRequest")]
    [InlineData("[", 400, "BadRequest")]
    public async Task A_job_that_cannot_be_is_refused(string body, int status, string code) =>
        (await SendAsync(HttpMethod.Post, _emulator.Jobs, body)).GraphMessage(status, code);

    [Fact]
    public async Task Secrets_are_read_back_without_credentials()
    {
        string secrets = $"/v1.0/servicePrincipals/{_emulator.Address.ServicePrincipalId}/synchronization/secrets";

        // The example of https://learn.microsoft.com/graph/api/synchronization-serviceprincipal-put-synchronization
        Answer saved = await SendAsync(HttpMethod.Put, secrets,
            """
            { "value": [
                { "key": "BaseAddress", "value": "user@domain.com" },
                { "key": "SecretToken", "value": "password-value" },
                { "key": "SyncNotificationSettings", "value": "{\"Enabled\":false,\"DeleteThresholdEnabled\":false}" },
                { "key": "SyncAll", "value": "false" } ] }
            """);
        Dictionary<string, string?> read = (await _emulator.GetAsync(secrets)).Json.GetProperty("value").EnumerateArray()
            .ToDictionary(pair => pair.GetProperty("key").GetString()!, pair => pair.GetProperty("value").GetString());

        Assert.Equal(204, saved.Status);
        Assert.Equal("user@domain.com", read["BaseAddress"]);
        Assert.Equal("*", read["SecretToken"]);
        Assert.Equal("""{"Enabled":false,"DeleteThresholdEnabled":false}""", read["SyncNotificationSettings"]);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"value":[{"key":"Nothing","value":"x"}]}""")]
    [InlineData("""{"value":[{"key":"syncAll","value":"x"}]}""")]
    [InlineData("""{"value":[{"key":"SyncAll","value":true}]}""")]
    [InlineData("""{"value":[{"key":"SyncNotificationSettings","value":"no JSON"}]}""")]
    [InlineData("""{"value":[{"key":"SyncNotificationSettings","value":"{\"Enabled\":\"yes\"}"}]}""")]
    public async Task Secrets_that_the_metadata_does_not_know_are_refused(string body) =>
        (await SendAsync(HttpMethod.Put, $"/v1.0/servicePrincipals/{_emulator.Address.ServicePrincipalId}/synchronization/secrets", body))
            .GraphMessage(400, "BadRequest");

    [Theory]
    [InlineData("Application.Read.All", "POST", "/applicationTemplates/" + ToEntraId + "/instantiate")]
    [InlineData("Synchronization.Read.All", "POST", "/servicePrincipals/{id}/synchronization/jobs")]
    [InlineData("Synchronization.Read.All", "PUT", "/servicePrincipals/{id}/synchronization/secrets")]
    [InlineData("Application.Read.All", "GET", "/servicePrincipals/{id}/synchronization/templates")]
    public async Task Each_call_asks_for_its_documented_permission(string role, string method, string path)
    {
        await using RunningEmulator limited = await RunningEmulator.StartAsync(new EmulatorOptions { Roles = [role] });
        string id = limited.Address.ServicePrincipalId.ToString();

        Answer answer = await limited.SendAsync(await limited.AuthorizedAsync(
            new HttpRequestMessage(new HttpMethod(method), $"/v1.0{path.Replace("{id}", id, StringComparison.Ordinal)}")));

        answer.GraphMessage(403, "Authorization_RequestDenied");
    }

    [Theory]
    [InlineData("v1.0")]
    [InlineData("beta")]
    public async Task What_the_published_metadata_describes_is_answered_whole(string version)
    {
        string principal = $"/{version}/servicePrincipals/{_emulator.Address.ServicePrincipalId}";
        GraphContract contract = GraphContract.Default;
        string id = (await InstantiateAsync(ToEntraId)).Json.GetProperty("servicePrincipal").GetProperty("id").GetString()!;

        Assert.Empty(contract.Check((await _emulator.GetAsync($"/{version}/applicationTemplates")).Json.GetProperty("value"), "[applicationTemplate]", whole: true));
        Assert.Empty(contract.Check((await _emulator.GetAsync($"/{version}/applicationTemplates/{ToEntraId}")).Json, "applicationTemplate", whole: true));
        Assert.Empty(contract.Check(
            (await _emulator.GetAsync($"{principal}/synchronization/templates")).Json.GetProperty("value"), "[synchronizationTemplate]", whole: true));
        Assert.Empty(contract.Check(
            (await SendAsync(HttpMethod.Post, $"/{version}/servicePrincipals/{id}/synchronization/jobs", """{"templateId":"API2AAD"}""")).Json,
            "synchronizationJob", whole: true));
        Assert.Empty(contract.Check(
            (await _emulator.GetAsync($"{principal}/synchronization/secrets")).Json.GetProperty("value"),
            "[synchronizationSecretKeyStringValuePair]", whole: true));
        Assert.Empty(contract.Check(JsonElement.Parse(Secrets).GetProperty("value"), "[synchronizationSecretKeyStringValuePair]", whole: true));
        Assert.Empty(contract.Check("""{"displayName":"HR"}""", "instantiate"));
    }

    private static void AssertHas(JsonElement owner, params string[] properties) =>
        Assert.Empty(properties.Except(owner.EnumerateObject().Select(property => property.Name)));

    private async Task<Answer> InstantiateAsync(string templateId, string name = "HR", RunningEmulator? of = null)
    {
        of ??= _emulator;
        return await of.SendAsync(await of.AuthorizedAsync(new HttpRequestMessage(HttpMethod.Post, $"/v1.0/applicationTemplates/{templateId}/instantiate")
        {
            Content = new StringContent(JsonSerializer.Serialize(new { displayName = name }), Encoding.UTF8, "application/json"),
        }));
    }

    private async Task<Answer> SendAsync(HttpMethod method, string path, string body) => await _emulator.SendAsync(
        await _emulator.AuthorizedAsync(new HttpRequestMessage(method, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") }));
}
