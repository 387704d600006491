using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

using InboundProvisioning.Emulator.Cycles;
using InboundProvisioning.Emulator.Jobs;
using InboundProvisioning.Emulator.Schema;

using Xunit;

namespace InboundProvisioning.Emulator.Tests;

/// <summary>What a job makes of the users that were uploaded.</summary>
public sealed class CycleTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _clock = new();
    private RunningEmulator _emulator = null!;

    public async Task InitializeAsync() => _emulator = await RunningEmulator.StartAsync(new EmulatorOptions
    {
        Limits = LimitMode.Off,
        Clock = _clock,
        Roles = ["SynchronizationData-User.Upload", "Synchronization.ReadWrite.All", "ProvisioningLog.Read.All"],
    });

    public async Task DisposeAsync() => await _emulator.DisposeAsync();

    [Fact]
    public async Task A_new_user_is_created_with_the_mapped_attributes()
    {
        JsonElement logged = Assert.Single(await RunAsync(User("7", user =>
        {
            user["displayName"] = "Barbara Jensen";
            user["title"] = "Guide";
            user["name"] = new JsonObject { ["givenName"] = "Barbara", ["familyName"] = "Jensen" };
            user["emails"] = new JsonArray(new JsonObject { ["type"] = "work", ["value"] = "b@contoso.com" });
            user["addresses"] = new JsonArray(
                new JsonObject { ["type"] = "home", ["locality"] = "Hidden" },
                new JsonObject { ["type"] = "work", ["locality"] = "Paris", ["country"] = "FR" });
        })));

        JsonObject created = Assert.Single(_emulator.Host.Users);
        Assert.Equal(
            """{"employeeId":"7","userPrincipalName":"7@example.com","accountEnabled":true,"mailNickname":"7","displayName":"Barbara Jensen","givenName":"Barbara","surname":"Jensen","jobTitle":"Guide","mail":"b@contoso.com","city":"Paris","country":"FR","department":"Tour Operations"}""",
            Without(created, "id"));
        Assert.Equal("create", Text(logged, "provisioningAction"));
        Assert.Equal("success", Status(logged));
        Assert.Equal("7", Text(logged, "sourceIdentity/id"));
        Assert.Equal(created["id"]!.GetValue<string>(), Text(logged, "targetIdentity/id"));
        Assert.Contains(
            logged.GetProperty("modifiedProperties").EnumerateArray(),
            property => Text(property, "displayName") == "jobTitle" && Text(property, "oldValue") is null && Text(property, "newValue") == "Guide");
    }

    [Fact]
    public async Task An_unchanged_user_is_skipped_and_a_changed_one_updated()
    {
        await RunAsync(User("7"));

        JsonElement skipped = Assert.Single(await RunAsync(User("7")));
        JsonElement updated = Assert.Single(await RunAsync(User("7", user => user["title"] = "Guide")));

        Assert.Equal(("other", "skipped"), (Text(skipped, "provisioningAction"), Status(skipped)));
        Assert.Empty(skipped.GetProperty("modifiedProperties").EnumerateArray());
        Assert.Equal(("update", "success"), (Text(updated, "provisioningAction"), Status(updated)));
        Assert.Equal("jobTitle", Text(Assert.Single(updated.GetProperty("modifiedProperties").EnumerateArray()), "displayName"));
        Assert.Single(_emulator.Host.Users);
    }

    [Theory]
    [InlineData("false")]
    [InlineData("\"TRUE\"")]
    [InlineData(null)]
    public async Task What_is_not_plainly_active_disables_the_account(string? active)
    {
        await RunAsync(User("7"));

        JsonElement disabled = Assert.Single(await RunAsync(User("7", user =>
        {
            user.Remove("active");
            if (active is not null)
            {
                user["active"] = JsonNode.Parse(active);
            }
        })));

        Assert.Equal(("disable", "success"), (Text(disabled, "provisioningAction"), Status(disabled)));
        Assert.False(_emulator.Host.Users[0]["accountEnabled"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData("7@elsewhere.example")]
    [InlineData("7")]
    [InlineData("a b@example.com")]
    [InlineData(null)]
    public async Task A_name_that_is_no_UPN_of_a_verified_domain_fails(string? userName)
    {
        JsonElement failed = Assert.Single(await RunAsync(User("7", user => user["userName"] = userName)));

        Assert.Equal(("create", "failure"), (Text(failed, "provisioningAction"), Status(failed)));
        Assert.Equal("AzureActiveDirectoryInvalidUserPrincipalName", ErrorCode(failed));
        Assert.Equal("", Text(failed, "targetIdentity/id"));
        Assert.Empty(_emulator.Host.Users);
    }

    [Fact]
    public async Task A_name_that_another_user_has_fails()
    {
        await RunAsync(User("7"), User("8"));

        JsonElement failed = Assert.Single(await RunAsync(User("8", user => user["userName"] = "7@EXAMPLE.com")));

        Assert.Equal(("update", "failure"), (Text(failed, "provisioningAction"), Status(failed)));
        Assert.Equal("AzureActiveDirectoryDuplicateUserPrincipalName", ErrorCode(failed));
        Assert.Equal("8@example.com", _emulator.Host.Users[1]["userPrincipalName"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_record_without_externalId_fails_by_itself()
    {
        JsonElement[] logged = await RunAsync(User("7", user => user.Remove("externalId")), User("8"));

        Assert.Equal(["failure", "success"], logged.Select(Status));
        Assert.Equal("MatchingPropertyValueMissing", ErrorCode(logged[0]));
    }

    [Fact]
    public async Task A_failed_record_is_tried_again_after_6_12_and_24_hours_and_then_daily_for_28_days()
    {
        await RunAsync(User("7", user => user["userName"] = "7"));

        var attempts = new List<int>();
        for (int hour = 1; hour <= 40 * 24; hour++)
        {
            _emulator.Host.AdvanceClock(TimeSpan.FromHours(1));
            if (Assert.Single(_emulator.Host.RunCycle()).Failed == 1)
            {
                attempts.Add(hour);
                Assert.Equal(hour == 28 * 24 ? 0 : 1, Escrows.Count);
            }
        }

        Assert.Equal([6, 12, .. Enumerable.Range(1, 28).Select(day => day * 24)], attempts);
        Assert.Empty(Escrows);
    }

    [Fact]
    public async Task A_failed_record_is_provisioned_when_its_fault_has_gone()
    {
        await RunAsync(User("7"), User("8", user => user["userName"] = "7@example.com"));
        Assert.Equal(1, (await JobStatus()).GetProperty("lastExecution").GetProperty("countEscrowed").GetInt64());
        await RunAsync(User("7", user => user["userName"] = "new@example.com"));
        Assert.Single(_emulator.Host.Users);

        _emulator.Host.AdvanceClock(TimeSpan.FromHours(6));
        _emulator.Host.RunCycle();

        Assert.Equal(["new@example.com", "7@example.com"], _emulator.Host.Users.Select(user => user["userPrincipalName"]!.GetValue<string>()));
        Assert.Equal(0, (await JobStatus()).GetProperty("lastExecution").GetProperty("countEscrowed").GetInt64());
    }

    [Fact]
    public async Task A_newer_record_takes_the_place_of_one_that_failed_and_its_retries_begin_anew()
    {
        await RunAsync(User("7", user => user["userName"] = "7"));
        _emulator.Host.AdvanceClock(TimeSpan.FromHours(5));
        await RunAsync(User("7", user => user["userName"] = "8"));

        _emulator.Host.AdvanceClock(TimeSpan.FromHours(5));
        Assert.Equal(0, Assert.Single(_emulator.Host.RunCycle()).Imported);
        _emulator.Host.AdvanceClock(TimeSpan.FromHours(1));
        Assert.Equal(1, Assert.Single(_emulator.Host.RunCycle()).Failed);

        Assert.Equal("create", Text(Assert.Single(await RunAsync(User("7"))), "provisioningAction"));
        _emulator.Host.AdvanceClock(TimeSpan.FromDays(30));
        Assert.Equal(0, Assert.Single(_emulator.Host.RunCycle()).Imported);
    }

    [Fact]
    public async Task The_manager_is_found_by_externalId_and_written_as_a_second_event_of_the_change()
    {
        JsonElement[] logged = await RunAsync(User("1"), User("7", user => SetManager(user, "1")));

        Assert.Equal(3, logged.Length);
        Assert.Equal(Text(logged[1], "changeId"), Text(logged[2], "changeId"));
        Assert.NotEqual(Text(logged[1], "id"), Text(logged[2], "id"));
        Assert.Equal(("update", "success"), (Text(logged[2], "provisioningAction"), Status(logged[2])));
        Assert.Equal(_emulator.Host.Users[0]["id"]!.GetValue<string>(), _emulator.Host.Users[1]["manager"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_manager_who_is_not_there_yet_is_a_warning_and_is_found_in_the_next_cycle()
    {
        JsonElement[] first = await RunAsync(User("7", user => SetManager(user, "1")), User("1"));
        Assert.Equal([("7", "success"), ("7", "warning"), ("1", "success")], first.Select(one => (Text(one, "sourceIdentity/id"), Status(one))));
        Assert.False(_emulator.Host.Users[0].ContainsKey("manager"));

        JsonElement found = Assert.Single(await RunAsync());

        Assert.Equal(("7", "update", "success"), (Text(found, "sourceIdentity/id"), Text(found, "provisioningAction"), Status(found)));
        Assert.Equal(_emulator.Host.Users[1]["id"]!.GetValue<string>(), _emulator.Host.Users[0]["manager"]!.GetValue<string>());
        Assert.Empty(await RunAsync());
    }

    [Theory]
    [InlineData(true, true, "null", true)]
    [InlineData(true, true, "\"\"", true)]
    [InlineData(true, true, null, true)]
    [InlineData(true, false, "null", false)]
    [InlineData(true, false, "\"\"", false)]
    [InlineData(true, false, null, false)]
    [InlineData(false, true, "null", false)]
    [InlineData(false, true, "\"\"", false)]
    [InlineData(false, true, null, false)]
    [InlineData(false, false, "null", false)]
    [InlineData(false, false, "\"\"", false)]
    [InlineData(false, false, null, false)]
    public async Task Null_empty_and_omitted_clear_an_attribute_only_where_null_values_flow_in_source_and_mapping(
        bool fromSource, bool inMapping, string? department, bool clears)
    {
        FlowNullValues($"{Bulk.Enterprise}:department", "department", fromSource, inMapping);
        await RunAsync(User("7"));

        JsonElement logged = Assert.Single(await RunAsync(User("7", user =>
        {
            JsonObject enterprise = user[Bulk.Enterprise]!.AsObject();
            enterprise.Remove("department");
            if (department is not null)
            {
                enterprise["department"] = JsonNode.Parse(department);
            }
        })));

        Assert.Equal(!clears, _emulator.Host.Users[0].ContainsKey("department"));
        Assert.Equal(clears ? "update" : "other", Text(logged, "provisioningAction"));
        if (clears)
        {
            JsonElement property = Assert.Single(logged.GetProperty("modifiedProperties").EnumerateArray());
            Assert.Equal(("Tour Operations", null), (Text(property, "oldValue"), Text(property, "newValue")));
        }
    }

    [Fact]
    public async Task An_attribute_whose_container_is_left_out_is_not_cleared()
    {
        FlowNullValues($"{Bulk.Enterprise}:department", "department");
        await RunAsync(User("7"));

        await RunAsync(User("7", user => user.Remove(Bulk.Enterprise)));

        Assert.Equal("Tour Operations", _emulator.Host.Users[0]["department"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("[]", "b@contoso.com")]
    [InlineData("""[{"type":"home","value":"h@contoso.com"}]""", "b@contoso.com")]
    [InlineData("""[{"type":"work"}]""", null)]
    [InlineData("""[{"type":"work","value":""}]""", null)]
    public async Task A_part_of_a_value_is_cleared_only_while_its_element_is_in_the_record(string emails, string? left)
    {
        FlowNullValues("emails[type eq \"work\"].value", "mail");
        await RunAsync(User("7", user => user["emails"] = JsonNode.Parse("""[{"type":"work","value":"b@contoso.com"}]""")));

        await RunAsync(User("7", user => user["emails"] = JsonNode.Parse(emails)));

        Assert.Equal(left, _emulator.Host.Users[0]["mail"]?.GetValue<string>());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_attribute_with_several_values_is_never_cleared(bool ofSource)
    {
        FlowNullValues("title", "jobTitle");
        await RunAsync(User("7", user => user["title"] = "Guide"));
        ChangeSchema(schema => Attributes(schema, ofSource ? "API" : "Azure Active Directory")
            .Single(one => one!["name"]!.GetValue<string>() == (ofSource ? "title" : "jobTitle"))!["multivalued"] = true);

        await RunAsync(User("7", user => user["title"] = null));

        Assert.Equal("Guide", _emulator.Host.Users[0]["jobTitle"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_default_of_a_mapping_fills_a_new_user_and_does_not_replace_a_value_that_is_cleared()
    {
        FlowNullValues("title", "jobTitle");
        ChangeSchema(schema => Mapping(schema, "jobTitle")["defaultValue"] = "Newcomer");
        await RunAsync(User("7", user => user["title"] = ""));
        Assert.Equal("Newcomer", _emulator.Host.Users[0]["jobTitle"]!.GetValue<string>());

        await RunAsync(User("7"));

        Assert.False(_emulator.Host.Users[0].ContainsKey("jobTitle"));
    }

    [Fact]
    public async Task The_manager_is_cleared_where_null_values_flow()
    {
        FlowNullValues($"{Bulk.Enterprise}:manager", "manager");
        await RunAsync(User("1"), User("7", user => SetManager(user, "1")));

        await RunAsync(User("7"));

        Assert.False(_emulator.Host.Users[1].ContainsKey("manager"));
    }

    [Fact]
    public async Task A_custom_attribute_flows_once_the_schema_maps_it()
    {
        const string Urn = "urn:ietf:params:scim:schemas:extension:contoso:1.0:User";
        JsonObject worker = User("7", user =>
        {
            user["schemas"]!.AsArray().Add(Urn);
            user[Urn] = new JsonObject { ["HireDate"] = "2021-05-01T00:00:00-05:00" };
        });
        await RunAsync(worker);
        Assert.False(_emulator.Host.Users[0].ContainsKey("employeeHireDate"));

        ChangeSchema(schema =>
        {
            JsonNode source = schema["directories"]!.AsArray().Single(directory => directory!["name"]!.GetValue<string>() == "API")!;
            source["objects"]![0]!["attributes"]!.AsArray().Add(new JsonObject { ["name"] = $"{Urn}:HireDate", ["type"] = "DateTime" });
            schema["synchronizationRules"]![0]!["objectMappings"]![0]!["attributeMappings"]!.AsArray().Add(new JsonObject
            {
                ["targetAttributeName"] = "employeeHireDate",
                ["source"] = new JsonObject { ["type"] = "Attribute", ["name"] = $"{Urn}:HireDate", ["expression"] = $"[{Urn}:HireDate]" },
            });
        });
        await RunAsync(worker.DeepClone().AsObject());

        Assert.Equal("2021-05-01T00:00:00-05:00", _emulator.Host.Users[0]["employeeHireDate"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_paused_job_keeps_what_is_staged_and_goes_on_when_started()
    {
        await PostAsync("pause");
        Assert.Empty(await RunAsync(User("7")));
        Assert.Empty(_emulator.Host.RunCycle());

        await PostAsync("start");

        Assert.Equal(1, Assert.Single(_emulator.Host.RunCycle()).Imported);
        Assert.Single(_emulator.Host.Users);
    }

    [Fact]
    public async Task The_job_tells_of_its_last_run()
    {
        JsonElement before = await JobStatus();
        Assert.Equal(JsonValueKind.Null, before.GetProperty("lastExecution").ValueKind);

        await RunAsync(User("7"), User("8", user => user["userName"] = "8"));

        JsonElement status = await JobStatus();
        JsonElement last = status.GetProperty("lastExecution");
        Assert.Equal("EntryLevelErrors", Text(last, "state"));
        Assert.Equal((2, 1, 1), (
            last.GetProperty("countImported").GetInt32(), last.GetProperty("countExported").GetInt32(), last.GetProperty("countEscrowed").GetInt32()));
        Assert.NotEqual("0001-01-01T00:00:00Z", Text(status, "steadyStateFirstAchievedTime"));
        Assert.Equal(JsonValueKind.Null, status.GetProperty("lastSuccessfulExecution").ValueKind);
        Assert.Equal(last.GetRawText(), status.GetProperty("lastSuccessfulExecutionWithExports").GetRawText());

        await RunAsync(User("8"));
        Assert.Equal("Succeeded", Text((await JobStatus()).GetProperty("lastSuccessfulExecution"), "state"));
    }

    [Fact]
    public async Task Jobs_run_by_themselves_at_their_interval()
    {
        await using RunningEmulator emulator = await RunningEmulator.StartAsync(
            new EmulatorOptions { Clock = _clock, CycleInterval = TimeSpan.FromMinutes(40) });
        await emulator.UploadAsync(Bulk.Request("7").ToJsonString());

        _clock.Advance(TimeSpan.FromMinutes(40));
        Assert.Single(emulator.Host.Users);

        await emulator.UploadAsync(Bulk.Request("8").ToJsonString());
        _clock.Advance(TimeSpan.FromMinutes(39));
        Assert.Single(emulator.Host.Users);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(2, emulator.Host.Users.Count);
    }

    [Fact]
    public async Task A_cycle_can_be_asked_for_and_the_directory_seen()
    {
        await _emulator.UploadAsync(Bulk.Request("7").ToJsonString());

        JsonElement other = (await _emulator.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/emulator/cycle?jobId=other"))).Json;
        Assert.Empty(other.GetProperty("value").EnumerateArray());
        JsonElement cycle = (await _emulator.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/emulator/cycle"))).Json.GetProperty("value")[0];

        Assert.Equal(_emulator.Address.JobId, Text(cycle, "jobId"));
        Assert.Equal(1, cycle.GetProperty("imported").GetInt32());
        Assert.Equal("7", Text((await _emulator.InspectAsync("users")).GetProperty("value")[0], "employeeId"));
    }

    [Theory]
    [InlineData("[userName]", "a@b")]
    [InlineData("\"x\"", "x")]
    [InlineData("Item(Split([userName], \"@\"), 2)", "b")]
    [InlineData("Switch([active], \"no\", \"True\", \"yes\")", "no")]
    [InlineData("Switch([userName], , \"a@b\", \"yes\")", "yes")]
    [InlineData("Join(\"-\", [userName], [emails[type eq \"work\"].value])", "a@b-w")]
    [InlineData("Coalesce([active], [userName])", "a@b")]
    public void Expressions_are_computed(string text, string value) =>
        Assert.Equal([value], FlowExpression.TryParse(text)!.Evaluate(
            name => name switch { "userName" => ["a@b"], "emails[type eq \"work\"].value" => ["w"], _ => [] }));

    [Theory]
    [InlineData("")]
    [InlineData("userName")]
    [InlineData("[userName")]
    [InlineData("\"x")]
    [InlineData("Join(\"-\", [a]")]
    [InlineData("Join(\"-\", [a]) x")]
    public void What_is_no_expression_is_not_read(string text) => Assert.Null(FlowExpression.TryParse(text));

    private static JsonObject User(string externalId, Action<JsonObject>? change = null)
    {
        JsonObject user = Bulk.Operation(externalId)["data"]!.DeepClone().AsObject();
        change?.Invoke(user);
        return user;
    }

    private static void SetManager(JsonObject user, string manager) =>
        user[Bulk.Enterprise]!.AsObject()["manager"] = new JsonObject { ["value"] = manager };

    private static string Without(JsonObject one, string name)
    {
        JsonObject copy = one.DeepClone().AsObject();
        copy.Remove(name);
        return copy.ToJsonString();
    }

    private static string? Text(JsonElement one, string path)
    {
        foreach (string name in path.Split('/'))
        {
            one = one.GetProperty(name);
        }

        return one.GetString();
    }

    private static string Status(JsonElement one) => Text(one, "provisioningStatusInfo/status")!;

    private static string? ErrorCode(JsonElement one) => Text(one, "provisioningStatusInfo/errorInformation/errorCode");

    private void FlowNullValues(string source, string target, bool fromSource = true, bool inMapping = true) => ChangeSchema(schema =>
    {
        Attributes(schema, "API").Single(one => one!["name"]!.GetValue<string>() == source)!["flowNullValues"] = fromSource;
        Mapping(schema, target)["flowNullValues"] = inMapping;
    });

    private static JsonArray Attributes(JsonNode schema, string directory) => schema["directories"]!.AsArray()
        .Single(one => one!["name"]!.GetValue<string>() == directory)!["objects"]![0]!["attributes"]!.AsArray();

    private static JsonNode Mapping(JsonNode schema, string target) =>
        schema["synchronizationRules"]![0]!["objectMappings"]![0]!["attributeMappings"]!.AsArray()
            .Single(one => one!["targetAttributeName"]!.GetValue<string>() == target)!;

    private IReadOnlyDictionary<string, Escrow> Escrows =>
        _emulator.Host.Application(_emulator.Address.ServicePrincipalId).Jobs[0].Memory.Escrows;

    private void ChangeSchema(Action<JsonNode> change)
    {
        JobSchema schema = _emulator.Host.Application(_emulator.Address.ServicePrincipalId).Jobs[0].Schema;
        JsonNode body = JsonNode.Parse(schema.ToJson(null).Span)!;
        change(body);
        schema.Replace(JsonElement.Parse(body.ToJsonString()));
    }

    /// <summary>Uploads users, runs a cycle, and gives the events that it wrote, oldest first.</summary>
    private async Task<JsonElement[]> RunAsync(params JsonObject[] users)
    {
        if (users.Length > 0)
        {
            JsonObject request = Bulk.Request();
            foreach ((int i, JsonObject user) in users.Index())
            {
                request["Operations"]!.AsArray().Add(new JsonObject
                {
                    ["method"] = "POST", ["bulkId"] = $"{i}", ["path"] = "/Users", ["data"] = user,
                });
            }

            Assert.Equal(202, (await _emulator.UploadAsync(request.ToJsonString())).Status);
        }

        _clock.Advance(TimeSpan.FromSeconds(1));
        if (_emulator.Host.RunCycle() is not [CycleResult cycle])
        {
            return [];
        }

        Answer logged = await _emulator.GetAsync(
            $"/v1.0/auditLogs/provisioning?$filter=cycleId eq '{cycle.CycleId}'&$orderby=activityDateTime asc&$top=100");
        return [.. logged.Json.GetProperty("value").EnumerateArray()];
    }

    private async Task<JsonElement> JobStatus() => (await _emulator.GetAsync($"{_emulator.Jobs}/{_emulator.Address.JobId}")).Json.GetProperty("status");

    private async Task PostAsync(string action) => Assert.Equal(204, (await _emulator.SendAsync(await _emulator.AuthorizedAsync(
        new HttpRequestMessage(HttpMethod.Post, $"{_emulator.Jobs}/{_emulator.Address.JobId}/{action}")))).Status);
}
