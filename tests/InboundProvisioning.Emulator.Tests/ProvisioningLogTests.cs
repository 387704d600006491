using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Tasks;

using Xunit;

namespace InboundProvisioning.Emulator.Tests;

public sealed partial class ProvisioningLogTests : IAsyncLifetime
{
    private const string Logs = "/v1.0/auditLogs/provisioning";

    private readonly ManualTimeProvider _clock = new();
    private RunningEmulator _emulator = null!;

    public async Task InitializeAsync() => _emulator = await StartAsync();

    public async Task DisposeAsync() => await _emulator.DisposeAsync();

    [Fact]
    public async Task Pages_follow_each_other_newest_first_without_gap_or_repetition_while_new_events_arrive()
    {
        _emulator.Host.AddProvisioningEvents(250, 100);

        var read = new List<JsonElement>();
        for (string? next = $"{Logs}?$top=30"; next is not null;)
        {
            JsonElement page = (await _emulator.GetAsync(next)).Json;
            read.AddRange(page.GetProperty("value").EnumerateArray());
            next = page.TryGetProperty("@odata.nextLink", out JsonElement link) ? link.GetString() : null;
            await _emulator.UploadAsync(Bulk.Request($"{read.Count}").ToJsonString());
            _emulator.Host.RunCycle();
        }

        Assert.Equal(250, read.Count);
        Assert.Equal(250, read.Select(Id).Distinct().Count());
        Assert.Equal(read.Select(Time).OrderDescending(), read.Select(Time));
        Assert.Equal(3, read.Select(one => one.GetProperty("cycleId").GetString()).Distinct().Count());
        Assert.Contains(read.GroupBy(one => one.GetProperty("changeId").GetString()), change => change.Count() == 2);
    }

    [Fact]
    public async Task The_oldest_come_first_on_request_and_the_filter_goes_with_the_link()
    {
        _emulator.Host.AddProvisioningEvents(200, 100);

        JsonElement first = (await _emulator.GetAsync($"{Logs}?$filter=provisioningStatusInfo/status eq 'failure'&$orderby=activityDateTime asc&$top=7")).Json;
        JsonElement second = (await _emulator.GetAsync(first.GetProperty("@odata.nextLink").GetString()!)).Json;

        JsonElement[] both = [.. first.GetProperty("value").EnumerateArray(), .. second.GetProperty("value").EnumerateArray()];
        Assert.Equal(14, both.Length);
        Assert.All(both, one => Assert.Equal("failure", one.GetProperty("provisioningStatusInfo").GetProperty("status").GetString()));
        Assert.Equal(both.Select(Time).Order(), both.Select(Time));
    }

    [Fact]
    public async Task Without_top_there_is_one_page_and_no_link()
    {
        _emulator.Host.AddProvisioningEvents(1_200);

        JsonElement page = (await _emulator.GetAsync(Logs)).Json;

        Assert.Equal(1_000, page.GetProperty("value").GetArrayLength());
        Assert.False(page.TryGetProperty("@odata.nextLink", out _));
    }

    [Fact]
    public async Task The_documented_filters_select()
    {
        _emulator.Host.AddProvisioningEvents(100, 50);
        JsonElement[] all = await ReadAsync("$top=1000");
        JsonElement one = all[10];
        string time = one.GetProperty("activityDateTime").GetString()!;
        string source = one.GetProperty("sourceIdentity").GetProperty("id").GetString()!;
        string cycle = one.GetProperty("cycleId").GetString()!;

        Assert.Equal(10, (await FilterAsync($"activityDateTime gt {time}")).Length);
        Assert.Equal(89, (await FilterAsync($"activityDateTime lt {time}")).Length);
        Assert.Equal(Id(one), Id(Assert.Single(await FilterAsync($"activityDateTime eq {time}"))));
        Assert.Equal(50, (await FilterAsync($"cycleId eq '{cycle}'")).Length);
        Assert.Contains(await FilterAsync($"sourceIdentity/id eq '{source}'"), found => Id(found) == Id(one));
        Assert.Equal(100, (await FilterAsync("contains(sourceIdentity/id, '100')")).Length);
        Assert.Equal(100, (await FilterAsync($"jobId eq '{_emulator.Address.JobId}'")).Length);
        Assert.Equal(100, (await FilterAsync($"servicePrincipal/id eq '{_emulator.Address.ServicePrincipalId}'")).Length);
        Assert.Empty(await FilterAsync($"jobId eq '{_emulator.Address.JobId.ToUpperInvariant()}'"));
        Assert.Empty(await FilterAsync("provisioningAction eq 'Create'"));
        Assert.Contains(await FilterAsync($"changeId eq '{one.GetProperty("changeId").GetString()}'"), found => Id(found) == Id(one));

        int creates = (await FilterAsync("provisioningAction eq 'create'")).Length;
        int disables = (await FilterAsync("provisioningAction eq 'disable'")).Length;
        Assert.Equal(creates + disables, (await FilterAsync("provisioningAction eq 'create' or provisioningAction eq 'disable'")).Length);
        Assert.Empty(await FilterAsync("provisioningAction eq 'create' and provisioningAction eq 'disable'"));
        Assert.Equal(disables, (await FilterAsync(
            $"(provisioningAction eq 'disable' or provisioningAction eq 'delete') and jobId eq '{_emulator.Address.JobId}'")).Length);
        Assert.Equal(creates, (await FilterAsync("provisioningAction eq 'create' or provisioningAction eq 'disable' and jobId eq 'none'")).Length);
    }

    [Fact]
    public async Task The_properties_and_spellings_of_Microsofts_pages_and_samples_select()
    {
        (string Filter, int Found)[] cases =
        [
            ("id eq '{id}'", 1),
            ("contains(id,'{id}')", 1),
            ("id ne '{id}'", 99),
            ("tenantId eq '{tenantId}'", 100),
            ("tenantid eq '{tenantId}'", 100),
            ("jobid eq '{jobId}'", 100),
            ("jobid ne '{jobId}'", 0),
            ("cycleid eq '{cycleId}'", 50),
            ("jobId eq '{jobId}' and cycleId ne '{cycleId}'", 50),
            ("contains(cycleId,'{cycleId}')", 50),
            ("changeid eq '{changeId}' and id eq '{id}'", 1),
            ("activityDateTime ge {activityDateTime}", 11),
            ("activityDateTime le {activityDateTime}", 90),
            ("activityDateTime ne {activityDateTime}", 99),
            ("durationInMilliseconds ge 0", 100),
            ("durationInMilliseconds eq {durationInMilliseconds}", 1),
            ("durationInMilliseconds gt {durationInMilliseconds} or durationInMilliseconds lt {durationInMilliseconds}", 99),
            ("sourceSystem/displayName eq 'API'", 100),
            ("contains(targetSystem/displayName,'Entra')", 100),
            ("sourceIdentity/identityType eq 'User'", 100),
            ("targetIdentity/identityType ne 'User'", 0),
            ("contains(sourceIdentity/displayName,'User 100')", 100),
            ("sourceIdentity/displayName eq '{sourceIdentity/displayName}' and id eq '{id}'", 1),
            ("targetIdentity/id eq '{targetIdentity/id}' and id eq '{id}'", 1),
            ("targetIdentity/displayName eq '{targetIdentity/displayName}' and id eq '{id}'", 1),
            ("servicePrincipal/displayName eq '{servicePrincipal/displayName}'", 100),
            ("contains(initiatedBy/displayName,'Provisioning Service')", 100),
            ("contains(initiatedBy,'Provisioning Service')", 100),
            ("contains(provisioningAction,'dat') and id eq '{id}'", 1),
            ("action eq '{provisioningAction}' and id eq '{id}'", 1),
            ("contains(statusInfo/status,'success') and id eq '{id}'", 1),
            ("jobid eq '{jobId}' and statusInfo/status eq 'failure' and activityDateTime ge 2022-10-10T09:47:34Z", 10),
        ];
        _emulator.Host.AddProvisioningEvents(100, 50);
        JsonElement[] all = await ReadAsync("$top=1000");
        JsonElement one = all[10];
        Assert.Equal("update", one.GetProperty("provisioningAction").GetString());
        foreach ((string filter, int found) in cases)
        {
            string filled = Placeholder.Replace(filter, name => name.Groups[1].Value.Split('/').Aggregate(one, (owner, part) => owner.GetProperty(part)).ToString());
            Assert.True(found == (await FilterAsync(filled)).Length, filled);
        }
    }

    [Fact]
    public async Task One_event_is_read_by_its_id_once_it_can_be_seen()
    {
        _emulator.Host.AddProvisioningEvents(3);
        JsonElement listed = (await ReadAsync("$top=1000"))[1];

        Answer answer = await _emulator.GetAsync($"{Logs}/{Id(listed)}");

        Assert.Equal(200, answer.Status);
        Assert.Equal($"{_emulator.Address.Graph}/v1.0/$metadata#auditLogs/provisioning/$entity", answer.Json.GetProperty("@odata.context").GetString());
        foreach (JsonProperty property in listed.EnumerateObject())
        {
            Assert.Equal(property.Value.GetRawText(), answer.Json.GetProperty(property.Name).GetRawText());
        }

        (await _emulator.GetAsync($"{Logs}/{Guid.NewGuid()}")).GraphMessage(404, "Request_ResourceNotFound");
        (await _emulator.GetAsync($"{Logs}/x")).GraphMessage(404, "Request_ResourceNotFound");
    }

    [Theory]
    [InlineData("$filter=jobId eq a")]
    [InlineData("$filter=jobId eq 'a' and")]
    [InlineData("$filter=(jobId eq 'a'")]
    [InlineData("$filter=jobId eq 'a' xor jobId eq 'b'")]
    [InlineData("$filter=activityDateTime gt '2024-01-01T00:00:00Z'")]
    [InlineData("$filter=activityDateTime gt 2024-13-01T00:00:00Z")]
    [InlineData("$filter=startswith(jobId,'a')")]
    [InlineData("$filter=contains(activityDateTime,'2024')")]
    [InlineData("$filter=jobId gt 'a'")]
    [InlineData("$filter=durationInMilliseconds gt '5'")]
    [InlineData("$filter=durationInMilliseconds gt many")]
    [InlineData("$filter=modifiedProperties eq 'a'")]
    [InlineData("$filter=JobId eq 'a'")]
    [InlineData("$filter=not (jobId eq 'a')")]
    [InlineData("$orderby=jobId")]
    [InlineData("$orderby=activityDateTime desc,jobId")]
    [InlineData("$top=0")]
    [InlineData("$top=many")]
    [InlineData("$skiptoken=x")]
    [InlineData("$skip=5")]
    [InlineData("$count=true")]
    [InlineData("$select=id")]
    [InlineData("$expand=servicePrincipal")]
    [InlineData("top=5")]
    public async Task What_is_not_documented_is_a_bad_request(string query) =>
        (await _emulator.GetAsync($"{Logs}?{Uri.EscapeDataString(query).Replace("%3D", "=", StringComparison.Ordinal)}")).GraphMessage(400, "BadRequest");

    [Fact]
    public async Task The_address_in_the_answer_to_an_upload_leads_to_the_jobs_events()
    {
        Answer upload = await _emulator.UploadAsync(Bulk.Request("7").ToJsonString());
        _emulator.Host.RunCycle();

        JsonElement logs = (await _emulator.GetAsync(upload.Headers["Location"])).Json;

        Assert.Equal("7", Assert.Single(logs.GetProperty("value").EnumerateArray()).GetProperty("sourceIdentity").GetProperty("id").GetString());
    }

    [Fact]
    public async Task Events_can_be_read_once_their_delay_has_passed()
    {
        await using RunningEmulator emulator = await StartAsync(options => options with { LogDelay = TimeSpan.FromMinutes(5) });
        await emulator.UploadAsync(Bulk.Request("7").ToJsonString());
        emulator.Host.RunCycle();

        _clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromTicks(1));
        Assert.Empty((await emulator.GetAsync(Logs)).Json.GetProperty("value").EnumerateArray());
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.Single((await emulator.GetAsync(Logs)).Json.GetProperty("value").EnumerateArray());
    }

    [Fact]
    public async Task Five_calls_in_ten_seconds_are_answered_and_the_sixth_is_told_to_wait()
    {
        await using RunningEmulator emulator = await StartAsync(options => options with { Limits = LimitMode.Documented });
        for (int i = 0; i < 5; i++)
        {
            Assert.Equal(200, (await emulator.GetAsync(Logs)).Status);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Answer refused = await emulator.GetAsync(Logs);
        refused.GraphMessage(429, "TooManyRequests");
        Assert.Equal("6", refused.Headers["Retry-After"]);

        _clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(200, (await emulator.GetAsync(Logs)).Status);
    }

    [Theory]
    [InlineData("ProvisioningLog.Read.All", 200)]
    [InlineData("AuditLog.Read.All", 200)]
    [InlineData("Synchronization.ReadWrite.All", 403)]
    public async Task Reading_takes_a_documented_permission(string role, int status)
    {
        await using RunningEmulator emulator = await StartAsync(options => options with { Roles = [role] });

        Assert.Equal(status, (await emulator.GetAsync(Logs)).Status);
    }

    [Fact]
    public async Task A_hundred_thousand_events_are_made_and_paged()
    {
        Answer made = await _emulator.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/emulator/logs?count=100000&eventsPerCycle=5000"));
        Assert.Equal(204, made.Status);

        int count = 0;
        for (string? next = $"{Logs}?$top=1000&$filter=jobId eq '{_emulator.Address.JobId}'&$orderby=activityDateTime desc"; next is not null;)
        {
            JsonElement page = (await _emulator.GetAsync(next)).Json;
            count += page.GetProperty("value").GetArrayLength();
            next = page.TryGetProperty("@odata.nextLink", out JsonElement link) ? link.GetString() : null;
        }

        Assert.Equal(100_000, count);
    }

    [Theory]
    [InlineData("/emulator/logs")]
    [InlineData("/emulator/logs?count=0")]
    [InlineData("/emulator/logs?count=5&eventsPerCycle=0")]
    public async Task A_wrong_number_of_events_is_refused(string path) =>
        Assert.Equal(400, (await _emulator.SendAsync(new HttpRequestMessage(HttpMethod.Post, path))).Status);

    private static string Id(JsonElement one) => one.GetProperty("id").GetString()!;

    private static DateTimeOffset Time(JsonElement one) => one.GetProperty("activityDateTime").GetDateTimeOffset();

    private Task<RunningEmulator> StartAsync(Func<EmulatorOptions, EmulatorOptions>? change = null)
    {
        var options = new EmulatorOptions
        {
            Limits = LimitMode.Off, Clock = _clock, Roles = ["SynchronizationData-User.Upload", "ProvisioningLog.Read.All"],
        };
        return RunningEmulator.StartAsync(change is null ? options : change(options));
    }

    [GeneratedRegex(@"\{([\w/]+)\}")]
    private static partial Regex Placeholder { get; }

    private Task<JsonElement[]> FilterAsync(string filter) => ReadAsync($"$top=1000&$filter={Uri.EscapeDataString(filter)}");

    private async Task<JsonElement[]> ReadAsync(string query)
    {
        Answer answer = await _emulator.GetAsync($"{Logs}?{query}");
        Assert.Equal(200, answer.Status);
        return [.. answer.Json.GetProperty("value").EnumerateArray()];
    }
}
