using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

using InboundProvisioning.Contract;

using Xunit;

namespace InboundProvisioning.Emulator.Tests;

/// <summary>The emulator's answers, held against Microsoft's published metadata and the examples of its reference pages.</summary>
public sealed class ContractTests : IAsyncLifetime
{
    private RunningEmulator _emulator = null!;

    public async Task InitializeAsync() => _emulator = await RunningEmulator.StartAsync(new EmulatorOptions
    {
        Limits = LimitMode.Off,
        Roles = ["SynchronizationData-User.Upload", "Synchronization.ReadWrite.All", "ProvisioningLog.Read.All", "Application.Read.All"],
    });

    public async Task DisposeAsync() => await _emulator.DisposeAsync();

    [Theory]
    [InlineData("v1.0")]
    [InlineData("beta")]
    public async Task A_job_is_a_whole_synchronizationJob_in_every_state(string version)
    {
        await HoldsAsync();

        // After a run with a success and a failure.
        await _emulator.UploadAsync(Bulk.Request("1").ToJsonString());
        await _emulator.UploadAsync(Bulk.WithData(user => user["userName"] = "nobody"));
        _emulator.Host.RunCycle();
        await HoldsAsync();

        await PostAsync("pause");
        await HoldsAsync();

        _emulator.Host.Application(_emulator.Address.ServicePrincipalId).SetSecrets([new("SyncNotificationSettings", null)]);
        await PostAsync("start");
        await HoldsAsync();

        async Task HoldsAsync()
        {
            string jobs = _emulator.Jobs.Replace("v1.0", version, StringComparison.Ordinal);
            JsonElement job = (await _emulator.GetAsync($"{jobs}/{_emulator.Address.JobId}")).Json;
            Assert.Empty(GraphContract.Default.Check(job, "synchronizationJob", whole: true));
            Assert.Empty(GraphContract.Default.Check((await _emulator.GetAsync(jobs)).Json.GetProperty("value"), "[synchronizationJob]", whole: true));
        }
    }

    [Fact]
    public async Task Domains_are_read_with_their_permission_alone_and_tell_which_are_verified()
    {
        string domains = _emulator.Address.Graph + "/v1.0/domains";
        Assert.Equal(403, (int)(await _emulator.GetAsync(domains)).Status);

        await using RunningEmulator other = await RunningEmulator.StartAsync(new EmulatorOptions { Roles = ["Domain.Read.All"], VerifiedDomains = ["contoso.com"] });
        JsonElement found = (await other.GetAsync(other.Address.Graph + "/v1.0/domains")).Json.GetProperty("value");

        Assert.Empty(GraphContract.Default.Check(found, "[domain]", whole: true));
        Assert.Equal(
            [("contoso.com", true), ("unverified.example", false)],
            found.EnumerateArray().Select(domain => (domain.GetProperty("id").GetString(), domain.GetProperty("isVerified").GetBoolean())));
    }

    /// <summary>https://learn.microsoft.com/graph/api/synchronization-synchronizationjob-get#example</summary>
    [Fact]
    public async Task A_job_has_the_properties_of_the_documented_example()
    {
        JsonObject example = JsonNode.Parse(
            """
            {
              "id": "", "templateId": "BoxOutDelta",
              "schedule": { "expiration": null, "interval": "P10675199DT2H48M5.4775807S", "state": "Disabled" },
              "status": {
                "countSuccessiveCompleteFailures": 0, "escrowsPruned": false, "synchronizedEntryCountByType": [], "code": "Paused",
                "lastExecution": null, "lastSuccessfulExecution": null, "progress": [], "lastSuccessfulExecutionWithExports": null,
                "steadyStateFirstAchievedTime": "0001-01-01T00:00:00Z", "steadyStateLastAchievedTime": "0001-01-01T00:00:00Z",
                "quarantine": {
                  "currentBegan": "", "nextAttempt": "", "reason": "", "seriesBegan": "", "seriesCount": 2,
                  "error": { "code": "SalesforceInvalidCredentials", "message": "", "tenantActionable": true }
                },
                "troubleshootingUrl": null
              },
              "synchronizationJobSettings": [ { "name": "QuarantineTooManyDeletesThreshold", "value": "500" } ]
            }
            """)!.AsObject();
        _emulator.Host.Application(_emulator.Address.ServicePrincipalId).SetSecrets([new("SyncNotificationSettings", null)]);
        await PostAsync("start");

        JsonNode job = JsonNode.Parse((await _emulator.GetAsync($"{_emulator.Jobs}/{_emulator.Address.JobId}")).Body)!;

        Assert.Equal(PathsOf(example), PathsOf(job.AsObject()));
        Assert.Equal("QuarantineTooManyDeletesThreshold", job["synchronizationJobSettings"]![0]!["name"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("v1.0")]
    [InlineData("beta")]
    public async Task A_schema_is_a_whole_synchronizationSchema(string version)
    {
        string jobs = _emulator.Jobs.Replace("v1.0", version, StringComparison.Ordinal);

        JsonElement schema = (await _emulator.GetAsync($"{jobs}/{_emulator.Address.JobId}/schema")).Json;

        Assert.Empty(GraphContract.Default.Check(schema, "synchronizationSchema", whole: true));
    }

    [Fact]
    public async Task Events_are_whole_provisioningObjectSummaries_whatever_happened()
    {
        const string Enterprise = Bulk.Enterprise;
        await UploadAndRunAsync(user => user[Enterprise]!.AsObject()["manager"] = new JsonObject { ["value"] = "nobody" });
        await UploadAndRunAsync(user => user["title"] = "Guide");
        await UploadAndRunAsync(user => user["title"] = "Guide");
        await UploadAndRunAsync(user => user["active"] = false);
        await UploadAndRunAsync(user => user["userName"] = "nobody");
        _emulator.Host.AddProvisioningEvents(20, 10);

        JsonElement events = (await _emulator.GetAsync("/v1.0/auditLogs/provisioning?$top=100")).Json.GetProperty("value");

        Assert.Empty(GraphContract.Default.Check(events, "[provisioningObjectSummary]", whole: true));
        Assert.Superset(
            new HashSet<string> { "create success", "update success", "update warning", "other skipped", "disable success", "update failure" },
            events.EnumerateArray()
                .Select(one => $"{one.GetProperty("provisioningAction").GetString()} {one.GetProperty("provisioningStatusInfo").GetProperty("status").GetString()}")
                .ToHashSet());
    }

    /// <summary>https://learn.microsoft.com/graph/api/provisioningobjectsummary-list#example-2-error-reponse</summary>
    [Fact]
    public async Task A_failed_event_has_the_properties_of_the_documented_example()
    {
        JsonObject example = JsonNode.Parse(
            """
            {
              "id": "", "activityDateTime": "", "tenantId": "", "jobId": "", "cycleId": "", "changeId": "", "provisioningAction": "create",
              "durationInMilliseconds": 2785,
              "sourceSystem": { "id": "", "displayName": "", "details": {} },
              "targetSystem": {
                "id": "", "displayName": "", "details": { "ApplicationId": "", "ServicePrincipalId": "", "ServicePrincipalDisplayName": "" }
              },
              "initiatedBy": { "id": "", "displayName": "Azure AD Provisioning Service", "initiatorType": "system" },
              "servicePrincipal": { "id": "", "displayName": "" },
              "sourceIdentity": { "id": "", "displayName": "", "identityType": "", "details": {} },
              "targetIdentity": { "id": "", "displayName": "", "identityType": "", "details": {} },
              "provisioningStatusInfo": {
                "status": "failure",
                "errorInformation": { "errorCode": "", "reason": "", "additionalDetails": null, "errorCategory": "nonServiceFailure", "recommendedAction": null }
              },
              "provisioningSteps": [ { "name": "EntryImportAdd", "provisioningStepType": "import", "status": "success", "description": "", "details": {} } ],
              "modifiedProperties": [ { "displayName": "", "oldValue": null, "newValue": "" } ]
            }
            """)!.AsObject();
        await UploadAndRunAsync(user => user["userName"] = "nobody");

        JsonNode answer = JsonNode.Parse((await _emulator.GetAsync("/v1.0/auditLogs/provisioning")).Body)!;

        JsonObject logged = Assert.Single(answer["value"]!.AsArray())!.AsObject();
        Assert.Equal(PathsOf(example), PathsOf(logged));
        Assert.Equal(["EntryImportAdd", "EntryScoping", "EntrySynchronizationAdd", "EntryExportAdd"], logged["provisioningSteps"]!.AsArray().Select(step => step!["name"]!.GetValue<string>()));
        Assert.Equal($"{_emulator.Address.Graph}/v1.0/$metadata#auditLogs/provisioning", answer["@odata.context"]!.GetValue<string>());
    }

    [Fact]
    public void The_documented_body_of_restart_is_right_and_others_are_not()
    {
        Assert.Empty(GraphContract.Default.Check("""{"criteria":{"resetScope":"Watermark, Escrows, QuarantineState"}}""", "restart"));
        Assert.Equal(
            ["$.criteria.resetScope is \"watermark\", which is no synchronizationJobRestartScope."],
            GraphContract.Default.Check("""{"criteria":{"resetScope":"watermark"}}""", "restart"));
        Assert.Equal(["$.resetScope: restart has no such property."], GraphContract.Default.Check("""{"resetScope":"Full"}""", "restart"));
    }

    [Theory]
    [InlineData("""{"interval":"40 minutes"}""", "$.interval is \"40 minutes\", which is no duration.")]
    [InlineData("""{"interval":null}""", "$.interval is null.")]
    [InlineData("""{"expiration":"2024-01-01T00:00:00"}""", "$.expiration is \"2024-01-01T00:00:00\", which is no dateTimeOffset.")]
    [InlineData("""{"state":"active"}""", "$.state is \"active\", which is no synchronizationScheduleState.")]
    [InlineData("""{"State":"Active"}""", "$.State: synchronizationSchedule has no such property.")]
    [InlineData("""[]""", "$ is no synchronizationSchedule.")]
    public void What_departs_from_the_contract_is_named(string json, string fault) =>
        Assert.Equal([fault], GraphContract.Default.Check(json, "synchronizationSchedule"));

    [Fact]
    public void What_is_missing_from_a_whole_answer_is_named() => Assert.Equal(
        ["$.expiration is missing.", "$.state is missing."],
        GraphContract.Default.Check("""{"interval":"PT40M"}""", "synchronizationSchedule", whole: true).Order());

    /// <summary>The properties of an example, those of the first item of a collection among them. Where either is empty, it says nothing.</summary>
    private static SortedSet<string> PathsOf(JsonObject one)
    {
        var paths = new SortedSet<string>(StringComparer.Ordinal);
        Add(one, "");
        return paths;

        void Add(JsonObject owner, string path)
        {
            foreach ((string name, JsonNode? value) in owner.Where(property => !property.Key.StartsWith('@')))
            {
                paths.Add($"{path}/{name}");
                if ((value as JsonObject ?? (value as JsonArray)?.FirstOrDefault() as JsonObject) is { } inner)
                {
                    Add(inner, $"{path}/{name}");
                }
            }
        }
    }

    private async Task UploadAndRunAsync(Action<JsonObject> change)
    {
        Assert.Equal(202, (await _emulator.UploadAsync(Bulk.WithData(change))).Status);
        _emulator.Host.RunCycle();
    }

    private async Task PostAsync(string action) => Assert.Equal(204, (await _emulator.SendAsync(await _emulator.AuthorizedAsync(
        new HttpRequestMessage(HttpMethod.Post, $"{_emulator.Jobs}/{_emulator.Address.JobId}/{action}")))).Status);
}
