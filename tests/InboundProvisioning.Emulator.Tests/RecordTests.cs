using System;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

using InboundProvisioning.Emulator.Faults;
using InboundProvisioning.Emulator.Staging;
using InboundProvisioning.Emulator.Users;

using Xunit;

namespace InboundProvisioning.Emulator.Tests;

/// <summary>What a test can ask about what was staged, how often, and what came of it.</summary>
public sealed class RecordTests : IAsyncLifetime
{
    private RunningEmulator _emulator = null!;

    public async Task InitializeAsync() => _emulator = await RunningEmulator.StartAsync(new EmulatorOptions { Limits = LimitMode.Off });

    public async Task DisposeAsync() => await _emulator.DisposeAsync();

    [Fact]
    public async Task Accepted_uploads_are_told_with_their_ids_and_the_hash_of_their_bytes()
    {
        string body = Bulk.Request("1", "2").ToJsonString();
        Answer first = await _emulator.UploadAsync(body);
        await _emulator.UploadAsync("{}");
        await _emulator.UploadAsync(body);

        AcceptedUpload[] uploads = [.. _emulator.Host.Uploads];

        Assert.Equal([1, 2], uploads.Select(upload => upload.Number));
        Assert.All(uploads, upload => Assert.Equal(Hash(body), upload.Sha256));
        Assert.All(uploads, upload => Assert.Equal((2, _emulator.Address.JobId, false), (upload.Operations, upload.JobId, upload.AnswerLost)));
        Assert.Equal(first.Headers["request-id"], uploads[0].RequestId);
        Assert.Equal(first.Headers["client-request-id"], uploads[0].ClientRequestId);
        JsonElement told = (await _emulator.InspectAsync("uploads")).GetProperty("value")[0];
        Assert.Equal(
            ["number", "time", "requestId", "clientRequestId", "jobId", "operations", "sha256", "answerLost"],
            told.EnumerateObject().Select(member => member.Name));
        Assert.Equal(uploads[0], told.Deserialize<AcceptedUpload>(JsonSerializerOptions.Web));
    }

    [Fact]
    public async Task Each_person_has_the_last_record_and_every_time_that_one_was_staged()
    {
        await _emulator.UploadAsync(Bulk.Request("a1", "2").ToJsonString());
        JsonObject changed = Bulk.Request("A1");
        changed["Operations"]![0]!["data"]!["title"] = "Guide";
        await _emulator.UploadAsync(changed.ToJsonString());

        JsonElement told = (await _emulator.InspectAsync("records?externalId=a1")).GetProperty("value")[0];

        Assert.Equal(("A1", 2, 0), (told.GetProperty("externalId").GetString(), told.GetProperty("staged").GetInt32(), told.GetProperty("needless").GetInt32()));
        Assert.Equal("Guide", told.GetProperty("data").GetProperty("title").GetString());
        Assert.Equal([1, 2], told.GetProperty("acceptances").EnumerateArray().Select(one => one.GetProperty("upload").GetInt32()));
        Assert.Equal(
            Hash(changed["Operations"]![0]!["data"]!.ToJsonString()), told.GetProperty("acceptances")[1].GetProperty("sha256").GetString());
        Assert.Equal(["A1", "2"], _emulator.Host.Records.Select(record => record.ExternalId));
        Assert.Equal(2, _emulator.Host.Record("a1")!.Acceptances.Count);
        Assert.Null(_emulator.Host.Record("3"));
    }

    [Fact]
    public async Task Sent_again_after_a_lost_answer_is_in_order_and_sent_again_after_an_answer_is_needless()
    {
        _emulator.Host.AddFaults(new Fault { Path = "bulkUpload", Action = FaultAction.ResetAfterAccept });
        string body = Bulk.Request("1", "2").ToJsonString();
        await Assert.ThrowsAnyAsync<Exception>(() => _emulator.UploadAsync(body));
        await _emulator.UploadAsync(body);
        Assert.Equal([true, false], _emulator.Host.Uploads.Select(upload => upload.AnswerLost));
        Assert.Equal([true, false], _emulator.Host.Record("1")!.Acceptances.Select(one => one.AnswerLost));
        Assert.Empty((await _emulator.InspectAsync("records?needless=true")).GetProperty("value").EnumerateArray());

        await _emulator.UploadAsync(Bulk.Request("2").ToJsonString());

        JsonElement needless = Assert.Single((await _emulator.InspectAsync("records?needless=true&data=false")).GetProperty("value").EnumerateArray());
        Assert.Equal(("2", 3, 1), (needless.GetProperty("externalId").GetString(), needless.GetProperty("staged").GetInt32(), needless.GetProperty("needless").GetInt32()));
        Assert.False(needless.TryGetProperty("data", out _));
    }

    [Fact]
    public async Task A_record_that_changes_and_changes_back_is_not_needless()
    {
        foreach (string title in (string[])["Guide", "Boss", "Guide"])
        {
            JsonObject request = Bulk.Request("1");
            request["Operations"]![0]!["data"]!["title"] = title;
            await _emulator.UploadAsync(request.ToJsonString());
        }

        StagedRecord record = _emulator.Host.Record("1")!;
        Assert.Equal((3, 0), (record.Acceptances.Count, record.Needless));
    }

    [Fact]
    public async Task The_directory_is_told_by_externalId()
    {
        JsonObject request = Bulk.Request("1", "7");
        request["Operations"]![1]!["data"]![Bulk.Enterprise]!["manager"] = new JsonObject { ["value"] = "1" };
        await _emulator.UploadAsync(request.ToJsonString());
        _emulator.Host.RunCycle();
        request["Operations"]![1]!["data"]!["active"] = false;
        await _emulator.UploadAsync(request.ToJsonString());
        _emulator.Host.RunCycle();

        JsonElement told = (await _emulator.InspectAsync("directory")).GetProperty("value");

        Assert.Equal(
            """{"externalId":"7","active":false,"manager":"1","attributes":{"employeeId":"7","userPrincipalName":"7@example.com","accountEnabled":"False","mailNickname":"7","department":"Tour Operations"}}""",
            told[1].GetRawText());
        DirectoryEntry first = _emulator.Host.Directory[0];
        Assert.Equal(("1", true, null, "1@example.com"), (first.ExternalId, first.Active, first.Manager, first.Attributes["userprincipalname"]));
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
