using System;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;

using Xunit;

namespace InboundProvisioning.Emulator.Tests;

public sealed class JobControlTests : IAsyncLifetime
{
    private RunningEmulator _emulator = null!;

    public async Task InitializeAsync() => _emulator = await RunningEmulator.StartAsync(new EmulatorOptions
    {
        Limits = LimitMode.Off,
        Roles = ["SynchronizationData-User.Upload", "Synchronization.ReadWrite.All"],
    });

    public async Task DisposeAsync() => await _emulator.DisposeAsync();

    [Theory]
    [InlineData("v1.0")]
    [InlineData("beta")]
    public async Task A_job_is_paused_and_started_again(string version)
    {
        await Act("pause", version: version);
        JsonElement paused = await Job();
        Assert.Equal("Disabled", paused.GetProperty("schedule").GetProperty("state").GetString());
        Assert.Equal("Paused", paused.GetProperty("status").GetProperty("code").GetString());

        await Act("start", version: version);
        JsonElement started = await Job();
        Assert.Equal("Active", started.GetProperty("schedule").GetProperty("state").GetString());
        Assert.Equal("Active", started.GetProperty("status").GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"criteria":null}""")]
    [InlineData("""{"criteria":{}}""")]
    [InlineData("""{"criteria":{"resetScope":""}}""")]
    [InlineData("""{"criteria":{"resetScope":"Full"}}""")]
    [InlineData("""{"criteria":{"resetScope":"Watermark, Escrows, QuarantineState"}}""")]
    public async Task A_restart_purges_what_is_staged_and_runs_a_paused_job(string body)
    {
        await Act("pause");
        await _emulator.UploadAsync(Bulk.Request("1", "2").ToJsonString());
        Assert.Equal(2, Pending);

        await Act("restart", body);

        Assert.Equal(0, Pending);
        Assert.Equal("Active", (await Job()).GetProperty("status").GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("""{"criteria":{"resetScope":"None"}}""")]
    [InlineData("""{"criteria":{"resetScope":"Escrows,QuarantineState"}}""")]
    public async Task A_restart_that_keeps_the_watermark_keeps_what_is_staged(string body)
    {
        await _emulator.UploadAsync(Bulk.Request("1", "2").ToJsonString());

        await Act("restart", body);

        Assert.Equal(2, Pending);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"resetScope":"Full"}""")]
    [InlineData("""{"criteria":"Full"}""")]
    [InlineData("""{"criteria":{"scope":"Full"}}""")]
    [InlineData("""{"criteria":{"resetScope":"full"}}""")]
    [InlineData("""{"criteria":{"resetScope":"15"}}""")]
    [InlineData("""{"criteria":{"resetScope":15}}""")]
    [InlineData("""{"criteria":{"resetScope":"Watermark,,Escrows"}}""")]
    public async Task A_wrong_restart_is_a_bad_request_and_changes_nothing(string body)
    {
        await Act("pause");
        await _emulator.UploadAsync(Bulk.Request("1").ToJsonString());

        (await PostAsync("restart", body)).GraphMessage(400, "BadRequest");

        Assert.Equal(1, Pending);
        Assert.Equal("Paused", (await Job()).GetProperty("status").GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("""{"Enabled":true,"Recipients":""}""")]
    [InlineData("""{"Enabled":false,"Recipients":"a@b.example"}""")]
    [InlineData("""{"Enabled":true}""")]
    [InlineData("no JSON")]
    public async Task A_job_without_a_notification_email_starts_into_quarantine(string settings)
    {
        _emulator.Host.Application(_emulator.Address.ServicePrincipalId).SetSecrets([new("SyncNotificationSettings", settings)]);

        await Act("start");

        JsonElement status = (await Job()).GetProperty("status");
        Assert.Equal("Quarantine", status.GetProperty("code").GetString());
        JsonElement quarantine = status.GetProperty("quarantine");
        Assert.Equal("EncounteredQuarantineException", quarantine.GetProperty("reason").GetString());
        Assert.Equal(1, quarantine.GetProperty("seriesCount").GetInt64());
        Assert.True(quarantine.GetProperty("error").GetProperty("tenantActionable").GetBoolean());

        _emulator.Host.Application(_emulator.Address.ServicePrincipalId).SetSecrets(
            [new("SyncNotificationSettings", """{"Enabled":true,"Recipients":"a@b.example"}""")]);
        await Act("start");
        JsonElement cleared = (await Job()).GetProperty("status");
        Assert.Equal("Active", cleared.GetProperty("code").GetString());
        Assert.Equal(JsonValueKind.Null, cleared.GetProperty("quarantine").ValueKind);
    }

    [Theory]
    [InlineData("start")]
    [InlineData("pause")]
    [InlineData("restart")]
    public async Task Reading_jobs_does_not_suffice(string action)
    {
        await using RunningEmulator reader = await RunningEmulator.StartAsync(new EmulatorOptions { Roles = ["Synchronization.Read.All"] });

        Answer answer = await reader.SendAsync(await reader.AuthorizedAsync(
            new HttpRequestMessage(HttpMethod.Post, $"{reader.Jobs}/{reader.Address.JobId}/{action}")));

        answer.GraphMessage(403, "Authorization_RequestDenied");
    }

    [Fact]
    public async Task Microsoft_Graph_offers_its_permissions_by_value()
    {
        await using RunningEmulator reader = await RunningEmulator.StartAsync(new EmulatorOptions { Roles = ["Application.Read.All", "Of.My.Own"] });

        JsonElement graph = Assert.Single((await reader.GetAsync(
            "/v1.0/servicePrincipals?$filter=appId eq '00000003-0000-0000-c000-000000000000'")).Json.GetProperty("value").EnumerateArray());

        string[] values = [.. graph.GetProperty("appRoles").EnumerateArray().Select(role => role.GetProperty("value").GetString()!)];
        Assert.Contains("SynchronizationData-User.Upload", values);
        Assert.Contains("Of.My.Own", values);
    }

    private int Pending => _emulator.Host.Application(_emulator.Address.ServicePrincipalId).Jobs[0].Pending.Count;

    private async Task<JsonElement> Job() => (await _emulator.GetAsync($"{_emulator.Jobs}/{_emulator.Address.JobId}")).Json;

    private async Task Act(string action, string body = "", string version = "v1.0")
    {
        Answer answer = await PostAsync(action, body, version);
        Assert.Equal(204, answer.Status);
        Assert.Equal("", answer.Body);
    }

    private async Task<Answer> PostAsync(string action, string body, string version = "v1.0")
    {
        string jobs = _emulator.Jobs.Replace("v1.0", version, StringComparison.Ordinal);
        return await _emulator.SendAsync(await _emulator.AuthorizedAsync(
            new HttpRequestMessage(HttpMethod.Post, $"{jobs}/{_emulator.Address.JobId}/{action}")
            {
                Content = body.Length == 0 ? null : new StringContent(body, Encoding.UTF8, "application/json"),
            }));
    }
}
