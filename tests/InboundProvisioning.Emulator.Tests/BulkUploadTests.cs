using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

using Xunit;

namespace InboundProvisioning.Emulator.Tests;

public sealed class BulkUploadTests(RunningEmulator emulator) : IClassFixture<RunningEmulator>
{
    private const string Contoso = "urn:contoso:employee";
    private const int MaxBodyLength = 4 * 1024 * 1024;

    /// <summary>Bodies that break one rule each, and a word of the message that names the fault.</summary>
    public static TheoryData<string, string> WrongBodies => new()
    {
        { "", "not JSON" },
        { "{\"schemas\":", "not JSON" },
        { "[]", "object" },
        { Bulk.With(request => request.Remove("schemas")), "schemas" },
        { Bulk.With(request => request["schemas"] = "urn:ietf:params:scim:api:messages:2.0:BulkRequest"), "schemas" },
        { Bulk.With(request => request["schemas"] = new JsonArray(Bulk.Core)), "schemas" },
        { Bulk.With(request => request["schemas"]!.AsArray().Add(Bulk.Core)), "schemas" },
        { Bulk.With(request => request.Remove("Operations")), "Operations" },
        { Bulk.With(request => request["Operations"] = new JsonObject()), "Operations" },
        { Bulk.With(request => request["Operations"] = new JsonArray()), "1 to 50" },
        { Bulk.Request([.. Enumerable.Range(1, 51).Select(i => $"{i}")]).ToJsonString(), "it holds 51" },
        { Bulk.With(request => request["failOnErrors"] = "1"), "failOnErrors" },
        { Bulk.With(request => request["failOnErrors"] = 1.5), "failOnErrors" },
        { Bulk.With(request => request["Operations"]!.AsArray()[0] = "x"), "Operations[0]" },
        { Bulk.WithOperation(operation => operation.Remove("method")), "method" },
        { Bulk.WithOperation(operation => operation["method"] = "PATCH"), "method" },
        { Bulk.WithOperation(operation => operation["path"] = "/Groups"), "path" },
        { Bulk.WithOperation(operation => operation.Remove("path")), "path" },
        { Bulk.WithOperation(operation => operation.Remove("bulkId")), "bulkId" },
        { Bulk.WithOperation(operation => operation["bulkId"] = ""), "bulkId" },
        { Bulk.WithOperation(operation => operation["bulkId"] = 701984), "bulkId" },
        { Bulk.WithOperation(operation => operation.Remove("data")), "data" },
        { Bulk.WithOperation(operation => operation["data"] = "x"), "data" },
        { Bulk.WithData(data => data.Remove("schemas")), "data.schemas" },
        { Bulk.WithData(data => data["schemas"] = new JsonArray(Bulk.Enterprise)), Bulk.Core },
        { Bulk.WithData(data => data["schemas"] = new JsonArray(Bulk.Core, 1)), "data.schemas" },
        { Bulk.WithData(data => data["schemas"] = new JsonArray(Bulk.Core)), Bulk.Enterprise },
        { Bulk.WithData(data => data[Contoso] = new JsonObject()), Contoso },
    };

    /// <summary>Variations that the contract allows.</summary>
    public static TheoryData<string> RightBodies =>
    [
        Bulk.Request("1").ToJsonString(),
        Bulk.Request([.. Enumerable.Range(1, 50).Select(i => $"{i}")]).ToJsonString(),
        Bulk.With(request => request.Remove("failOnErrors")),
        Bulk.With(request => request["failOnErrors"] = 1),
        Bulk.WithData(data =>
        {
            data["schemas"]!.AsArray().Add(Contoso);
            data[Contoso] = new JsonObject { ["HireDate"] = "2021-05-01T00:00:00-05:00" };
        }),
        Bulk.WithData(data =>
        {
            data["schemas"] = new JsonArray(Bulk.Core);
            data.Remove(Bulk.Enterprise);
        }),
    ];

    [Theory]
    [MemberData(nameof(RightBodies))]
    public async Task A_bulk_request_is_accepted_with_an_empty_answer(string body)
    {
        Answer answer = await emulator.UploadAsync(body);

        Assert.Equal(202, answer.Status);
        Assert.Equal("", answer.Body);
        Assert.Equal(
            $"{emulator.Address.Graph}/v1.0/auditLogs/provisioning/?$filter=jobid%20eq%20'{emulator.Address.JobId}'", answer.Headers["Location"]);
        Assert.True(Guid.TryParse(answer.Headers["request-id"], out _));
        Assert.Equal(answer.Headers["request-id"], answer.Headers["client-request-id"]);
    }

    /// <summary>The shape of the samples that Microsoft publishes: https://github.com/AzureAD/entra-id-inbound-provisioning</summary>
    [Fact]
    public async Task A_bulkId_that_is_repeated_and_a_path_in_lower_case_are_taken_as_the_service_takes_them()
    {
        int staged = emulator.Host.StagedUsers.Count;
        JsonObject request = Bulk.Request("s1", "s2", "s3");
        foreach (JsonNode? operation in request["Operations"]!.AsArray())
        {
            operation!["path"] = "/users";
            operation["bulkId"] = operation["bulkId"]!.GetValue<string>() == "s2" ? "s2" : "repeated";
        }

        Assert.Equal(202, (await emulator.UploadAsync(request.ToJsonString())).Status);

        Assert.Equal(["s1", "s2", "s3"], emulator.Host.StagedUsers.Skip(staged).Select(user => user.GetProperty("externalId").GetString()));
    }

    [Fact]
    public async Task The_beta_version_takes_the_same_request()
    {
        Answer answer = await emulator.UploadAsync(
            Bulk.Request("1").ToJsonString(), path: emulator.BulkUpload.Replace("/v1.0/", "/beta/", StringComparison.Ordinal));

        Assert.Equal(202, answer.Status);
        Assert.StartsWith($"{emulator.Address.Graph}/beta/auditLogs/", answer.Headers["Location"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/scim+json; charset=utf-8", 202)]
    [InlineData("Application/SCIM+JSON;charset=\"UTF-8\"", 202)]
    [InlineData("application/scim+json; charset=utf-16", 400)]
    [InlineData("application/json", 400)]
    [InlineData("", 400)]
    public async Task The_content_type_must_be_SCIM_JSON(string contentType, int status)
    {
        Answer answer = await emulator.UploadAsync(Bulk.Request("1").ToJsonString(), contentType);

        Assert.Equal(status, answer.Status);
        if (status == 400)
        {
            Assert.StartsWith("Invalid Data Format", answer.GraphMessage(400, "BadRequest"), StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(WrongBodies))]
    public async Task A_body_that_breaks_a_rule_is_refused_whole_and_the_fault_named(string body, string named)
    {
        int staged = emulator.Host.StagedUsers.Count;

        string message = (await emulator.UploadAsync(body)).GraphMessage(400, "BadRequest");

        Assert.StartsWith("Invalid Data Format: ", message, StringComparison.Ordinal);
        Assert.Contains(named, message, StringComparison.Ordinal);
        Assert.Equal(staged, emulator.Host.StagedUsers.Count);
    }

    [Fact]
    public async Task An_unknown_app_or_job_is_not_found()
    {
        string body = Bulk.Request("1").ToJsonString();
        string unknown = Guid.NewGuid().ToString();

        (await emulator.UploadAsync(body, path: $"/v1.0/servicePrincipals/{unknown}/synchronization/jobs/{emulator.Address.JobId}/bulkUpload"))
            .GraphMessage(404, "Request_ResourceNotFound");
        (await emulator.UploadAsync(body, path: $"{emulator.Jobs}/{unknown}/bulkUpload")).GraphMessage(404, "Request_ResourceNotFound");
    }

    [Fact]
    public async Task A_body_of_4_MB_is_accepted_and_one_byte_more_is_too_large()
    {
        int padding = MaxBodyLength - Bulk.WithData(data => data["title"] = "").Length;
        string largest = Bulk.WithData(data => data["title"] = new string('x', padding));
        Assert.Equal(MaxBodyLength, largest.Length);

        Assert.Equal(202, (await emulator.UploadAsync(largest)).Status);
        (await emulator.UploadAsync(largest + " ")).GraphMessage(413, "RequestEntityTooLarge");
    }

    [Fact]
    public async Task A_body_without_a_length_is_measured_as_it_comes()
    {
        var content = new StreamContent(new Unmeasured(MaxBodyLength + 1));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/scim+json");

        Answer answer = await emulator.SendAsync(
            await emulator.AuthorizedAsync(new HttpRequestMessage(HttpMethod.Post, emulator.BulkUpload) { Content = content }));

        answer.GraphMessage(413, "RequestEntityTooLarge");
    }

    [Fact]
    public async Task Users_are_staged_in_the_order_of_acceptance_with_all_that_they_hold()
    {
        await using RunningEmulator own = await RunningEmulator.StartAsync(new EmulatorOptions());
        JsonObject first = Bulk.Request("1", "2");
        JsonObject second = Bulk.Request("3");
        second["Operations"]![0]!["data"]!["displayName"] = "Zoë \"Z\" Ångström 😀";

        await own.UploadAsync(first.ToJsonString());
        await own.UploadAsync(Bulk.WithOperation(operation => operation["method"] = "PATCH"));
        await own.UploadAsync(second.ToJsonString());

        JsonElement[] staged = [.. (await own.InspectAsync("staged")).GetProperty("value").EnumerateArray()];
        IEnumerable<JsonNode?> sent = first["Operations"]!.AsArray().Concat(second["Operations"]!.AsArray()).Select(operation => operation!["data"]);
        Assert.Equal(sent.Select(user => user!.ToJsonString()), staged.Select(user => JsonObject.Create(user)!.ToJsonString()));
    }

    /// <summary>Zeros without a known length, so that the request is sent in chunks.</summary>
    private sealed class Unmeasured(int length) : Stream
    {
        private int _left = length;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            int read = Math.Min(count, _left);
            _left -= read;
            return read;
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
