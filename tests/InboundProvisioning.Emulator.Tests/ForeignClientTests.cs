using System;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

using InboundProvisioning.Contract;

using Xunit;

namespace InboundProvisioning.Emulator.Tests;

/// <summary>What clients other than ours call, such as the SDK of Microsoft Graph, and the query options that they send.</summary>
public sealed class ForeignClientTests : IAsyncLifetime
{
    private RunningEmulator _emulator = null!;

    private string Principal => $"/v1.0/servicePrincipals/{_emulator.Address.ServicePrincipalId}";

    private string Job => $"{_emulator.Jobs}/{_emulator.Address.JobId}";

    public async Task InitializeAsync() => _emulator = await RunningEmulator.StartAsync(new EmulatorOptions
    {
        Limits = LimitMode.Off,
        Roles =
        [
            "SynchronizationData-User.Upload", "Synchronization.ReadWrite.All", "Application.ReadWrite.All", "AppRoleAssignment.ReadWrite.All",
        ],
    });

    public async Task DisposeAsync() => await _emulator.DisposeAsync();

    [Fact]
    public async Task A_query_option_that_is_not_honoured_is_a_bad_request()
    {
        string[] paths =
        [
            "/v1.0/servicePrincipals?$expand=owners",
            "/v1.0/servicePrincipals?$search=\"displayName:API\"",
            "/v1.0/servicePrincipals?$skip=1",
            "/v1.0/servicePrincipals?$top=1&$invented=1",
            "{principal}?$expand=appRoleAssignments",
            "{principal}/appRoleAssignments?$filter=principalId eq null",
            "{principal}/synchronization?$expand=jobs",
            "{principal}/synchronization/jobs?$orderby=id",
            "{principal}/synchronization/jobs?$count=true",
            "{principal}/synchronization/jobs?filter=id eq 'x'",
            "{job}?$expand=schema",
            "{job}?$select=nothing",
            "{job}/schema?$select=directories",
            "{principal}/synchronization/secrets?$top=1",
            "{principal}/synchronization/templates?$filter=id eq 'API2AAD'",
            "/v1.0/applicationTemplates?$orderby=displayName",
        ];
        foreach (string path in paths)
        {
            Answer answer = await GetAsync(path);
            Assert.True(answer.Status == 400, $"{path}: {answer.Body}");
            answer.GraphMessage(400, "BadRequest");
        }
    }

    [Fact]
    public async Task A_query_option_does_not_go_before_the_token() => (await _emulator.SendAsync(
        new HttpRequestMessage(HttpMethod.Get, $"{Job}?$expand=schema"))).GraphMessage(401, "InvalidAuthenticationToken");

    [Fact]
    public async Task Jobs_are_filtered_and_their_properties_selected()
    {
        Assert.Single((await GetAsync("{principal}/synchronization/jobs?$filter=templateId eq 'API2AAD'")).Json.GetProperty("value").EnumerateArray());
        Assert.Empty((await GetAsync("{principal}/synchronization/jobs?$filter=templateId eq 'API2AD'")).Json.GetProperty("value").EnumerateArray());
        (await GetAsync("{principal}/synchronization/jobs?$filter=schedule eq 'x'")).GraphMessage(400, "Request_UnsupportedQuery");

        JsonElement job = (await GetAsync("{job}?$select=id,status")).Json;

        Assert.Equal(["@odata.context", "id", "status"], job.EnumerateObject().Select(property => property.Name));
        Assert.EndsWith("/jobs(id,status)/$entity", job.GetProperty("@odata.context").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Service_principals_are_counted_and_ordered_under_the_rules_of_advanced_queries()
    {
        (await GetAsync("/v1.0/servicePrincipals?$count=true")).GraphMessage(400, "Request_BadRequest");
        (await GetAsync("/v1.0/servicePrincipals?$orderby=appId")).GraphMessage(400, "Request_UnsupportedQuery");
        (await GetAsync("/v1.0/servicePrincipals?$orderby=displayName&$filter=startswith(displayName,'A')")).GraphMessage(400, "Request_UnsupportedQuery");

        JsonElement counted = (await GetAsync(
            "/v1.0/servicePrincipals?$count=true&$orderby=displayName desc&$filter=startswith(displayName,'hr')&$top=1", eventual: true)).Json;

        Assert.Equal(2, counted.GetProperty("@odata.count").GetInt32());
        Assert.Equal("hr-uploader", Assert.Single(counted.GetProperty("value").EnumerateArray()).GetProperty("displayName").GetString());
        string[] names = [.. (await GetAsync("/v1.0/servicePrincipals?$orderby=displayName")).Json.GetProperty("value").EnumerateArray()
            .Select(principal => principal.GetProperty("displayName").GetString()!)];
        Assert.Equal(names.Order(StringComparer.OrdinalIgnoreCase), names);
    }

    [Fact]
    public async Task The_synchronization_entity_has_the_secrets()
    {
        JsonElement synchronization = (await GetAsync("{principal}/synchronization")).Json;

        Assert.Empty(GraphContract.Default.Check(synchronization, "synchronization", whole: true));
        Assert.Equal("SyncNotificationSettings", synchronization.GetProperty("secrets")[0].GetProperty("key").GetString());
    }

    [Fact]
    public async Task Credentials_are_valid_when_they_are_well_formed()
    {
        (string Path, string Body, int Status)[] cases =
        [
            ("{job}/validateCredentials", """{"useSavedCredentials":true}""", 204),
            ("{job}/validateCredentials", """{"credentials":[{"key":"UserName","value":"a"},{"key":"Password","value":"b"}]}""", 204),
            ("{job}/validateCredentials", """{"credentials":[{"key":"Invented","value":"a"}]}""", 400),
            ("{job}/validateCredentials", "{}", 400),
            ("{principal}/synchronization/jobs/validateCredentials", """{"templateId":"API2AAD","credentials":[]}""", 204),
            ("{principal}/synchronization/jobs/validateCredentials", """{"templateId":"other","credentials":[]}""", 400),
            ("{principal}/synchronization/jobs/none/validateCredentials", """{"useSavedCredentials":true}""", 404),
        ];
        foreach ((string path, string body, int status) in cases)
        {
            Assert.True(status == (await SendAsync(HttpMethod.Post, path, body)).Status, $"{path}: {body}");
        }
    }

    [Fact]
    public async Task A_template_has_a_schema_of_its_own()
    {
        JsonElement schema = (await GetAsync("{principal}/synchronization/templates/API2AAD/schema")).Json;

        Assert.Empty(GraphContract.Default.Check(schema, "synchronizationSchema", whole: true));
        Assert.Equal("API", schema.GetProperty("directories")[0].GetProperty("name").GetString());
        (await GetAsync("{principal}/synchronization/templates/API2AD/schema")).GraphMessage(404, "Request_ResourceNotFound");
    }

    [Fact]
    public async Task PATCH_of_a_schema_changes_what_it_names_and_leaves_the_rest()
    {
        JsonNode before = JsonNode.Parse((await GetAsync("{job}/schema")).Body)!;
        JsonNode rules = before["synchronizationRules"]!.DeepClone();
        rules[0]!["priority"] = 7;

        Assert.Equal(204, (await SendAsync(HttpMethod.Patch, "{job}/schema", new JsonObject { ["synchronizationRules"] = rules.DeepClone() }.ToJsonString())).Status);

        JsonNode after = JsonNode.Parse((await GetAsync("{job}/schema")).Body)!;
        Assert.Equal(rules.ToJsonString(), after["synchronizationRules"]!.ToJsonString());
        Assert.Equal(before["directories"]!.ToJsonString(), after["directories"]!.ToJsonString());
        Assert.NotEqual(before["version"]!.ToJsonString(), after["version"]!.ToJsonString());
        (await SendAsync(HttpMethod.Patch, "{job}/schema", """{"directories":[]}""")).GraphMessage(400, "BadRequest");
    }

    [Theory]
    [InlineData("{job}/schema")]
    [InlineData("{principal}/synchronization/templates/API2AAD/schema")]
    public async Task An_expression_is_parsed_and_computed_for_a_test_object(string schema)
    {
        JsonElement answer = (await SendAsync(HttpMethod.Post, $"{schema}/parseExpression",
            """
            { "expression": "Replace([preferredLanguage], \"-\", , , \"_\", , )", "targetAttributeDefinition": null,
              "testInputObject": { "definition": null, "properties": [ { "key": "preferredLanguage", "value": "EN-US" }, { "key": "x", "value": ["a"] } ] } }
            """)).Json;

        Assert.Empty(GraphContract.Default.Check(answer, "parseExpressionResponse", whole: true));
        Assert.True(answer.GetProperty("parsingSucceeded").GetBoolean());
        Assert.True(answer.GetProperty("evaluationSucceeded").GetBoolean());
        Assert.Equal("EN_US", Assert.Single(answer.GetProperty("evaluationResult").EnumerateArray()).GetString());
        Assert.Equal(
            ["source", "Find", "Replacement"],
            answer.GetProperty("parsedExpression").GetProperty("parameters").EnumerateArray().Select(parameter => parameter.GetProperty("key").GetString()));
    }

    [Theory]
    [InlineData("Switch([active", false)]
    [InlineData("Invented([active])", true)]
    public async Task An_expression_that_fails_says_what_failed(string expression, bool parses)
    {
        JsonElement answer = (await SendAsync(HttpMethod.Post, "{job}/schema/parseExpression",
            JsonSerializer.Serialize(new { expression, testInputObject = new { properties = Array.Empty<object>() } }))).Json;

        Assert.Empty(GraphContract.Default.Check(answer, "parseExpressionResponse", whole: true));
        Assert.Equal(parses, answer.GetProperty("parsingSucceeded").GetBoolean());
        Assert.False(answer.GetProperty("evaluationSucceeded").GetBoolean());
        Assert.NotEqual("", answer.GetProperty("error").GetProperty("message").GetString());
    }

    [Theory]
    [InlineData("functions", "attributeMappingFunctionSchema", "Switch")]
    [InlineData("functions()", "attributeMappingFunctionSchema", "Replace")]
    [InlineData("filterOperators", "filterOperatorSchema", "EQUALS")]
    [InlineData("filterOperators()", "filterOperatorSchema", "IS NULL")]
    public async Task Functions_and_filter_operators_are_listed(string call, string type, string one)
    {
        foreach (string schema in (string[])["{job}/schema", "{principal}/synchronization/templates/API2AAD/schema"])
        {
            JsonElement list = (await GetAsync($"{schema}/{call}")).Json.GetProperty("value");

            Assert.Empty(GraphContract.Default.Check(list, $"[{type}]", whole: true));
            Assert.Contains(list.EnumerateArray(), item => item.GetProperty("id").GetString() == one);
        }
    }

    [Fact]
    public async Task One_assignment_is_read_from_both_sides_and_revoked_from_that_of_the_resource()
    {
        string client = $"/v1.0/servicePrincipals(appId='{_emulator.Address.ClientId}')/appRoleAssignments";
        const string Resource = "/v1.0/servicePrincipals(appId='00000003-0000-0000-c000-000000000000')/appRoleAssignedTo";
        string id = (await GetAsync(client)).Json.GetProperty("value")[0].GetProperty("id").GetString()!;

        Assert.Equal(id, (await GetAsync($"{client}/{id}")).Json.GetProperty("id").GetString());
        Assert.Equal(id, (await GetAsync($"{Resource}/{id}")).Json.GetProperty("id").GetString());
        (await GetAsync($"{client}/none")).GraphMessage(404, "Request_ResourceNotFound");

        Assert.Equal(204, (await SendAsync(HttpMethod.Delete, $"{Resource}/{id}")).Status);
        (await GetAsync($"{client}/{id}")).GraphMessage(404, "Request_ResourceNotFound");
    }

    [Fact]
    public async Task A_deleted_service_principal_is_gone_with_its_job()
    {
        Assert.Equal(204, (await SendAsync(HttpMethod.Delete, "{principal}")).Status);

        (await GetAsync("{principal}")).GraphMessage(404, "Request_ResourceNotFound");
        (await GetAsync("{job}")).GraphMessage(404, "Request_ResourceNotFound");
        Assert.Empty(_emulator.Host.RunCycle());
        (await SendAsync(HttpMethod.Delete, "{principal}")).GraphMessage(404, "Request_ResourceNotFound");
        (await SendAsync(HttpMethod.Delete, "/v1.0/servicePrincipals(appId='00000003-0000-0000-c000-000000000000')"))
            .GraphMessage(403, "Authorization_RequestDenied");
    }

    [Fact]
    public async Task A_batch_gives_each_call_its_answer_and_skips_what_depends_on_a_failed_one()
    {
        string principal = $"/servicePrincipals/{_emulator.Address.ServicePrincipalId}";
        string job = $"{principal}/synchronization/jobs/{_emulator.Address.JobId}";
        var batch = new JsonObject
        {
            ["requests"] = new JsonArray(
                new JsonObject { ["id"] = "1", ["method"] = "GET", ["url"] = $"{principal}?$select=id" },
                new JsonObject
                {
                    ["id"] = "2",
                    ["method"] = "POST",
                    ["url"] = $"{job}/bulkUpload",
                    ["headers"] = new JsonObject { ["Content-Type"] = "application/scim+json" },
                    ["body"] = Bulk.Request("7"),
                    ["dependsOn"] = new JsonArray("1"),
                },
                new JsonObject { ["id"] = "3", ["method"] = "GET", ["url"] = "/servicePrincipals/none" },
                new JsonObject { ["id"] = "4", ["method"] = "POST", ["url"] = $"{job}/pause", ["dependsOn"] = new JsonArray("3") }),
        };

        Answer answer = await SendAsync(HttpMethod.Post, "/v1.0/$batch", batch.ToJsonString());

        Assert.Equal(200, answer.Status);
        JsonElement responses = answer.Json.GetProperty("responses");
        Assert.Equal([200, 202, 404, 424], responses.EnumerateArray().Select(response => response.GetProperty("status").GetInt32()));
        Assert.Equal($"{_emulator.Address.ServicePrincipalId}", responses[0].GetProperty("body").GetProperty("id").GetString());
        Assert.Contains("auditLogs/provisioning", responses[1].GetProperty("headers").GetProperty("Location").GetString(), StringComparison.Ordinal);
        Assert.Equal("Request_ResourceNotFound", responses[2].GetProperty("body").GetProperty("error").GetProperty("code").GetString());
        Assert.Equal("7", Assert.Single(_emulator.Host.StagedUsers).GetProperty("externalId").GetString());
        Assert.Equal("Active", (await GetAsync("{job}")).Json.GetProperty("status").GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_batch_that_is_not_one_is_a_bad_request()
    {
        string[] bodies =
        [
            "{}",
            """{"requests":[]}""",
            """{"requests":[{"id":"1","method":"GET"}]}""",
            """{"requests":[{"id":"1","method":"GET","url":"/a"},{"id":"1","method":"GET","url":"/a"}]}""",
            """{"requests":[{"id":"1","method":"GET","url":"/a","dependsOn":["2"]}]}""",
        ];
        foreach (string body in bodies)
        {
            (await SendAsync(HttpMethod.Post, "/v1.0/$batch", body)).GraphMessage(400, "BadRequest");
        }
    }

    [Fact]
    public async Task More_than_20_calls_in_a_batch_are_too_many() => (await SendAsync(HttpMethod.Post, "/v1.0/$batch", new JsonObject
    {
        ["requests"] = new JsonArray([.. Enumerable.Range(0, 21).Select(i => new JsonObject { ["id"] = $"{i}", ["method"] = "GET", ["url"] = "/a" })]),
    }.ToJsonString())).GraphMessage(400, "BadRequest");

    [Fact]
    public async Task What_is_not_here_is_refused_as_Graph_refuses_it()
    {
        (string Method, string Path)[] calls =
        [
            ("POST", "{job}/provisionOnDemand"),
            ("POST", "{principal}/synchronization/acquireAccessToken"),
            ("DELETE", "{job}"),
            ("PATCH", "{principal}"),
            ("GET", "/v1.0/users"),
        ];
        foreach ((string method, string path) in calls)
        {
            (await SendAsync(new HttpMethod(method), path, "{}")).GraphMessage(400, "BadRequest");
        }
    }

    private async Task<Answer> GetAsync(string path, bool eventual = false)
    {
        HttpRequestMessage request = await _emulator.AuthorizedAsync(new HttpRequestMessage(HttpMethod.Get, Full(path)));
        if (eventual)
        {
            request.Headers.Add("ConsistencyLevel", "eventual");
        }

        return await _emulator.SendAsync(request);
    }

    private async Task<Answer> SendAsync(HttpMethod method, string path, string? body = null) => await _emulator.SendAsync(
        await _emulator.AuthorizedAsync(new HttpRequestMessage(method, Full(path))
        {
            Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"),
        }));

    private string Full(string path) => path.Replace("{principal}", Principal, StringComparison.Ordinal).Replace("{job}", Job, StringComparison.Ordinal);
}
