using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using InboundProvisioning.Scim;
using Xunit;

namespace InboundProvisioning.Core.Tests.Scim;

public sealed class BulkRequestDocumentReaderTests
{
    [Fact]
    public void A_file_with_one_document_gives_it_as_it_is()
    {
        string json = Payload.Of("701984", "701985");

        BulkRequestDocument document = Assert.Single(Read(json));

        Assert.Null(document.Fault);
        Assert.Equal(2, document.OperationCount);
        Assert.Equal(["701984", "701985"], document.ExternalIds);
        Assert.Equal(json, Encoding.UTF8.GetString(document.Json));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("\r\n\r\n \t")]
    [InlineData("\uFEFF")]
    [InlineData("\r\n\uFEFF")]
    public void Several_documents_follow_one_another(string between)
    {
        List<BulkRequestDocument> documents = Read(Payload.Of("a") + between + Payload.Of("b") + between + Payload.Of("c") + between);

        Assert.Equal(["a", "b", "c"], documents.Select(document => Assert.Single(document.ExternalIds)));
        Assert.Equal([1, 2, 3], documents.Select(document => document.Number));
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    public void A_byte_order_mark_says_the_encoding(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] content = [.. encoding.GetPreamble(), .. encoding.GetBytes(Payload.Of("Müller\U0001F600"))];

        BulkRequestDocument document = Assert.Single(Read(content));

        Assert.Equal(["Müller\U0001F600"], document.ExternalIds);
        Assert.Equal((byte)'{', document.Json[0]);
    }

    [Fact]
    public void Documents_longer_than_the_buffers_come_whole_wherever_characters_are_cut()
    {
        string[] people = [.. Enumerable.Range(0, 50).Select(i => new string('ü', 3_000 + i) + "\U0001F600" + i)];

        List<BulkRequestDocument> documents = Read(string.Concat(Enumerable.Repeat(Payload.Of(people), 5)));

        Assert.Equal(5, documents.Count);
        Assert.All(documents, document => Assert.Equal(people, document.ExternalIds));
    }

    [Fact]
    public void Malformed_json_is_the_last_document_and_its_place_is_named()
    {
        List<BulkRequestDocument> documents = Read(Payload.Of("a") + "\n{\n  \"schemas\": nonsense }" + Payload.Of("b"));

        Assert.Equal(2, documents.Count);
        Assert.Equal("PayloadNotJson", documents[1].Fault!.ErrorId);
        Assert.Contains("Document 2 of 'payload.json'", documents[1].Fault!.Message, StringComparison.Ordinal);
        Assert.Contains("line 2", documents[1].Fault!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_cut_off_says_so() =>
        Assert.Equal("PayloadIncomplete", Assert.Single(Read(Payload.Of("a")[..^3])).Fault!.ErrorId);

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n")]
    public void An_empty_file_says_so(string content) => Assert.Equal("PayloadEmpty", Assert.Single(Read(content)).Fault!.ErrorId);

    [Fact]
    public void Bytes_that_are_not_valid_are_an_error() => Assert.Equal(
        "PayloadEncoding", Assert.Single(Read([.. Encoding.UTF8.GetBytes("{\"x\":\""), 0xFC, .. "\"}"u8])).Fault!.ErrorId);

    [Fact]
    public void An_invalid_document_leaves_the_others_of_the_file_alone()
    {
        List<BulkRequestDocument> documents = Read(Payload.Of("a") + "{\"x\":1}" + Payload.Of("b"));

        Assert.Equal([true, false, true], documents.Select(document => document.Fault is null));
    }

    [Theory]
    [InlineData("""{"schemas":[],"Operations":[]}""", "not a bulk request")]
    [InlineData("""[]""", "not a bulk request")]
    [InlineData("""{"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"]}""", "'Operations' are missing")]
    [InlineData("""{"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],"Operations":[]}""", "no operations")]
    [InlineData("""{"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],"Operations":[1]}""", "operation 1 is not an object")]
    [InlineData("""{"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],"Operations":[{"method":"POST","path":"/Users","data":{}}]}""", "no bulkId")]
    [InlineData("""{"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],"Operations":[{"method":"PATCH","bulkId":"1","data":{}}]}""", "another method than POST")]
    [InlineData("""{"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],"Operations":[{"method":"POST","bulkId":"1"}]}""", "no data")]
    [InlineData("""{"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],"Operations":[{"method":"POST","bulkId":"\ud800","data":{}}]}""", "not valid Unicode")]
    public void What_the_service_could_not_take_is_refused_here(string json, string words)
    {
        BulkRequestDocument document = Assert.Single(Read(json));

        Assert.Equal("PayloadInvalid", document.Fault!.ErrorId);
        Assert.Contains(words, document.Fault!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_operations_than_fifty_are_sent_as_several_requests()
    {
        string[] people = [.. Enumerable.Range(1, 120).Select(i => $"p{i}")];
        BulkRequestDocument document = Assert.Single(Read(Payload.Of(people)));

        List<BulkRequestDocument> requests = [.. document.Requests()];

        Assert.Null(document.Fault);
        Assert.Equal([(1, 50), (51, 50), (101, 20)], requests.Select(request => (request.FirstOperation, request.OperationCount)));
        Assert.Equal(people, requests.SelectMany(request => request.ExternalIds));
        Assert.All(requests, request => Assert.Null(BulkRequestDocument.Read("again", 1, request.Json).Fault));
    }

    [Fact]
    public void More_than_four_megabytes_are_sent_as_several_requests()
    {
        // Each operation holds it twice.
        string half = new('x', 600 * 1024);
        BulkRequestDocument document = Assert.Single(Read(Payload.Of("a" + half, "b" + half, "c" + half, "d" + half, "e")));

        List<BulkRequestDocument> requests = [.. document.Requests()];

        Assert.Equal([3, 2], requests.Select(request => request.OperationCount));
        Assert.All(requests, request => Assert.InRange(request.Json.Length, 1, BulkRequestDocument.ByteLimit));
    }

    [Fact]
    public void An_operation_that_is_too_large_by_itself_is_a_fault_that_names_it_and_the_others_are_sent()
    {
        List<BulkRequestDocument> requests = [.. Assert.Single(Read(Payload.Of("a", new string('x', 4 * 1024 * 1024), "b"))).Requests()];

        Assert.Equal([null, "PayloadInvalid", null], requests.Select(request => request.Fault?.ErrorId));
        Assert.Contains("operation 2", requests[1].Fault!.Message, StringComparison.Ordinal);
        Assert.Contains("4,194,304", requests[1].Fault!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_document_of_many_operations_is_cut_in_time_that_grows_with_its_length()
    {
        string[] people = [.. Enumerable.Range(1, 100_000).Select(i => $"p{i}")];

        Assert.Equal(2_000, Assert.Single(Read(Payload.Of(people))).Requests().Count());
    }

    // Microsoft publishes both: a bulkId that repeats an earlier one, and the path in lower case.
    [Fact]
    public void What_published_payloads_do_is_sent_with_a_warning()
    {
        string json = """{"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],"Operations":["""
            + Payload.Operation("1", "a") + "," + Payload.Operation("1", "b") + "," + Payload.Operation("2", "c").Replace("/Users", "/users", StringComparison.Ordinal) + "]}";

        BulkRequestDocument document = Assert.Single(Read(json));

        Assert.Null(document.Fault);
        Assert.Contains("operation 2 repeats the bulkId '1'", document.Warning, StringComparison.Ordinal);
        Assert.Contains("1 more", document.Warning, StringComparison.Ordinal);
        Assert.Contains("operation 3 has the path '/users'", document.Part(2, 1).Warning, StringComparison.Ordinal);
        Assert.Null(Assert.Single(Read(Payload.Of("a", "b"))).Warning);
    }

    [Fact]
    public void Attribute_names_ignore_case() => Assert.Null(Assert.Single(Read(
        """{"Schemas":["urn:ietf:params:scim:api:messages:2.0:bulkrequest"],"operations":[{"Method":"post","BulkId":"1","Data":{"ExternalId":"a"}}]}""")).Fault);

    [Fact]
    public void Garbage_of_any_kind_ends_in_documents_or_faults()
    {
        var random = new Random(1);
        byte[] sample = Encoding.UTF8.GetBytes(Payload.Of("a", "b") + "\n" + Payload.Of("c"));
        for (int i = 0; i < 2_000; i++)
        {
            byte[] content = [.. sample];
            for (int change = random.Next(1, 6); change > 0; change--)
            {
                content[random.Next(content.Length)] = (byte)random.Next(256);
            }

            List<BulkRequestDocument> documents = Read(content[..random.Next(content.Length)]);

            Assert.NotEmpty(documents);
            Assert.All(documents, document => Assert.True(document.Fault is not null || document.OperationCount > 0));
        }
    }

    private static List<BulkRequestDocument> Read(string content) => Read(Encoding.UTF8.GetBytes(content));

    private static List<BulkRequestDocument> Read(byte[] content)
    {
        using var stream = new MemoryStream(content);
        return [.. BulkRequestDocumentReader.Read(stream, "payload.json")];
    }
}
