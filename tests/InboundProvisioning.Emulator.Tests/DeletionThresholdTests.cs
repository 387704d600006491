using System;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

using InboundProvisioning.Contract;
using InboundProvisioning.Emulator.Cycles;

using Xunit;

namespace InboundProvisioning.Emulator.Tests;

/// <summary>
/// The accidental-deletions prevention of the job: https://learn.microsoft.com/entra/identity/app-provisioning/accidental-deletions
/// </summary>
public sealed class DeletionThresholdTests : IAsyncLifetime
{
    private static readonly string[] Everybody = ["1", "2", "3", "4", "5"];

    private readonly ManualTimeProvider _clock = new();
    private RunningEmulator _emulator = null!;

    public async Task InitializeAsync()
    {
        _emulator = await RunningEmulator.StartAsync(Options());
        await SetThresholdAsync(3);
        await CycleAsync(active: true, Everybody);
    }

    public async Task DisposeAsync() => await _emulator.DisposeAsync();

    [Fact]
    public async Task As_many_as_the_threshold_are_disabled_and_the_job_stays_healthy()
    {
        CycleResult cycle = await CycleAsync(active: false, "1", "2", "3");

        Assert.Equal((3, 0), (cycle.Exported, cycle.Held));
        Assert.Equal(["4", "5"], Active);
        Assert.Equal("Active", (await StatusAsync()).GetProperty("code").GetString());
    }

    [Fact]
    public async Task What_is_past_the_threshold_is_held_and_logged_and_the_job_goes_into_quarantine()
    {
        CycleResult cycle = await CycleAsync(active: false, Everybody);

        Assert.Equal((5, 3, 0, 2), (cycle.Imported, cycle.Exported, cycle.Failed, cycle.Held));
        Assert.Equal(["4", "5"], Active);
        JsonElement[] staged = await LoggedAsync("provisioningAction eq 'stagedDelete'");
        Assert.Equal(["4", "5"], staged.Select(one => one.GetProperty("sourceIdentity").GetProperty("id").GetString()!).Order());
        Assert.All(staged, one => Assert.Equal("skipped", one.GetProperty("provisioningStatusInfo").GetProperty("status").GetString()));
        Assert.Empty(GraphContract.Default.Check(JsonElement.Parse(JsonSerializer.Serialize(staged)), "[provisioningObjectSummary]", whole: true));
        JsonElement job = (await _emulator.GetAsync($"{_emulator.Jobs}/{_emulator.Address.JobId}")).Json;
        Assert.Empty(GraphContract.Default.Check(job, "synchronizationJob", whole: true));
        JsonElement status = job.GetProperty("status");
        Assert.Equal("Quarantine", status.GetProperty("code").GetString());
        Assert.Equal("TooManyDeletes", status.GetProperty("quarantine").GetProperty("reason").GetString());
    }

    [Fact]
    public async Task Creations_and_updates_and_people_who_are_inactive_already_do_not_count()
    {
        await CycleAsync(active: false, "1", "2", "3");
        _emulator.Host.RunCycle();

        CycleResult cycle = await CycleAsync(active: false, "1", "2", "3", "6", "7", "8", "9", "4");

        Assert.Equal((5, 0), (cycle.Exported, cycle.Held));
        Assert.Equal(["5"], Active);
    }

    [Fact]
    public async Task Each_cycle_counts_by_itself()
    {
        await CycleAsync(active: false, "1", "2", "3");

        Assert.Equal(0, (await CycleAsync(active: false, "4", "5")).Held);

        Assert.Empty(Active);
    }

    [Fact]
    public async Task A_restart_with_ForceDeletes_lets_what_is_held_go_once()
    {
        await SetThresholdAsync(0);
        await CycleAsync(active: false, "1", "2");
        Assert.Equal(Everybody, Active);

        await RestartAsync("ForceDeletes");
        CycleResult allowed = await CycleAsync(active: false, "3");

        Assert.Equal((2, 1), (allowed.Exported, allowed.Held));
        Assert.Equal(["3", "4", "5"], Active);
        Assert.Equal("Quarantine", (await StatusAsync()).GetProperty("code").GetString());

        await RestartAsync("ForceDeletes");
        Assert.Equal(1, Assert.Single(_emulator.Host.RunCycle()).Exported);
        JsonElement status = await StatusAsync();
        Assert.Equal("Active", status.GetProperty("code").GetString());
        Assert.Equal(JsonValueKind.Null, status.GetProperty("quarantine").ValueKind);
    }

    [Fact]
    public async Task A_corrected_record_takes_the_place_of_one_that_is_held()
    {
        await CycleAsync(active: false, Everybody);
        await UploadAsync(active: true, Everybody);
        Assert.Empty(_emulator.Host.RunCycle()); // In quarantine it runs once a day.

        _emulator.Host.AdvanceClock(TimeSpan.FromDays(1));
        Assert.Equal(0, Assert.Single(_emulator.Host.RunCycle()).Held);

        Assert.Equal(Everybody, Active);
        Assert.Equal("Active", (await StatusAsync()).GetProperty("code").GetString());
        await RestartAsync("ForceDeletes");
        Assert.Equal(0, Assert.Single(_emulator.Host.RunCycle()).Imported);
        Assert.Equal(Everybody, Active);
    }

    [Theory]
    [InlineData("QuarantineState", 2)]
    [InlineData("Escrows", 2)]
    [InlineData("Full", 0)]
    public async Task Another_restart_holds_on_or_forgets_with_the_watermark(string scope, int held)
    {
        await CycleAsync(active: false, Everybody);

        await RestartAsync(scope);
        _emulator.Host.AdvanceClock(TimeSpan.FromDays(1));
        _emulator.Host.RunCycle();

        Assert.Equal(["4", "5"], Active);
        Assert.Equal(held > 0 ? "Quarantine" : "Active", (await StatusAsync()).GetProperty("code").GetString());
        Assert.Equal(held, _emulator.Host.Application(_emulator.Address.ServicePrincipalId).Jobs[0].Memory.Held.Count);
    }

    [Fact]
    public async Task A_threshold_that_is_switched_off_holds_nothing()
    {
        await SetThresholdAsync(3, enabled: false);

        CycleResult cycle = await CycleAsync(active: false, Everybody);

        Assert.Equal((5, 0), (cycle.Exported, cycle.Held));
    }

    [Fact]
    public async Task Secrets_without_the_settings_take_the_threshold_and_the_email_away()
    {
        Assert.Equal(204, (await PutSecretsAsync(new JsonObject { ["key"] = "SyncAll", ["value"] = "false" })).Status);

        CycleResult cycle = await CycleAsync(active: false, Everybody);
        Assert.Equal((5, 0), (cycle.Exported, cycle.Held));
        Assert.Equal(204, (await SendAsync(HttpMethod.Post, $"{_emulator.Jobs}/{_emulator.Address.JobId}/start", "")).Status);
        JsonElement job = (await _emulator.GetAsync($"{_emulator.Jobs}/{_emulator.Address.JobId}")).Json;
        Assert.Empty(job.GetProperty("synchronizationJobSettings").EnumerateArray());
        Assert.Equal("EncounteredQuarantineException", job.GetProperty("status").GetProperty("quarantine").GetProperty("reason").GetString());
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("1.5")]
    public async Task A_threshold_that_is_no_count_is_refused(string value) =>
        Assert.Equal(400, (await PutSettingsAsync($$"""{"DeleteThresholdEnabled":true,"DeleteThresholdValue":{{value}}}""")).Status);

    [Fact]
    public async Task What_is_held_survives_a_restart_of_the_emulator()
    {
        DirectoryInfo data = Directory.CreateTempSubdirectory("emulator-held-");
        try
        {
            await _emulator.DisposeAsync();
            _emulator = await RunningEmulator.StartAsync(Options(data.FullName));
            await SetThresholdAsync(0);
            await CycleAsync(active: true, "1");
            await CycleAsync(active: false, "1");
            await _emulator.DisposeAsync();

            _emulator = await RunningEmulator.StartAsync(Options(data.FullName));
            Assert.Equal(["1"], Active);
            await RestartAsync("ForceDeletes");
            _emulator.Host.RunCycle();
            Assert.Empty(Active);
        }
        finally
        {
            await _emulator.DisposeAsync();
            data.Delete(recursive: true);
            _emulator = await RunningEmulator.StartAsync(Options());
        }
    }

    private string[] Active => [.. _emulator.Host.Directory.Where(user => user.Active).Select(user => user.ExternalId)];

    private EmulatorOptions Options(string? data = null) => new()
    {
        Limits = LimitMode.Off,
        Clock = _clock,
        DataDirectory = data,
        Roles = ["SynchronizationData-User.Upload", "Synchronization.ReadWrite.All", "ProvisioningLog.Read.All"],
    };

    private async Task UploadAsync(bool active, params string[] people)
    {
        JsonObject request = Bulk.Request(people);
        foreach (JsonNode? operation in request["Operations"]!.AsArray())
        {
            operation!["data"]!["active"] = active;
        }

        Assert.Equal(202, (await _emulator.UploadAsync(request.ToJsonString())).Status);
    }

    private async Task<CycleResult> CycleAsync(bool active, params string[] people)
    {
        await UploadAsync(active, people);
        return Assert.Single(_emulator.Host.RunCycle());
    }

    private async Task<JsonElement> StatusAsync() =>
        (await _emulator.GetAsync($"{_emulator.Jobs}/{_emulator.Address.JobId}")).Json.GetProperty("status");

    private async Task<JsonElement[]> LoggedAsync(string filter) =>
        [.. (await _emulator.GetAsync($"/v1.0/auditLogs/provisioning?$filter={filter}&$top=100")).Json.GetProperty("value").EnumerateArray()];

    private async Task RestartAsync(string scope) => Assert.Equal(204, (await SendAsync(
        HttpMethod.Post, $"{_emulator.Jobs}/{_emulator.Address.JobId}/restart", $$$"""{"criteria":{"resetScope":"{{{scope}}}"}}""")).Status);

    private async Task SetThresholdAsync(int value, bool enabled = true) => Assert.Equal(204, (await PutSettingsAsync(
        $$"""{"Enabled":true,"Recipients":"a@b.example","DeleteThresholdEnabled":{{(enabled ? "true" : "false")}},"DeleteThresholdValue":{{value}}}""")).Status);

    private Task<Answer> PutSettingsAsync(string settings) =>
        PutSecretsAsync(new JsonObject { ["key"] = "SyncNotificationSettings", ["value"] = settings });

    private Task<Answer> PutSecretsAsync(JsonObject secret) => SendAsync(
        HttpMethod.Put,
        $"/v1.0/servicePrincipals/{_emulator.Address.ServicePrincipalId}/synchronization/secrets",
        new JsonObject { ["value"] = new JsonArray(secret) }.ToJsonString());

    private async Task<Answer> SendAsync(HttpMethod method, string path, string body) => await _emulator.SendAsync(
        await _emulator.AuthorizedAsync(new HttpRequestMessage(method, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") }));
}
