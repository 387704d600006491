using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using InboundProvisioning.Scim;

namespace InboundProvisioning.Core.Tests.Scim;

public sealed class BulkRequestWriterTests
{
    private const string Start = "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:BulkRequest\"],\"Operations\":[";
    private const string End = "],\"failOnErrors\":null}";

    [Theory]
    [InlineData(1, 3, "1,1,1")]
    [InlineData(50, 50, "50")]
    [InlineData(50, 51, "50,1")]
    [InlineData(50, 149, "50,50,49")]
    [InlineData(7, 20, "7,7,6")]
    [InlineData(50, 0, "")]
    public void A_request_holds_so_many_operations_and_the_last_the_rest(int operationsPerRequest, int operations, string counts)
    {
        List<BulkRequest> requests = Write(operationsPerRequest, 4_000_000, Enumerable.Range(0, operations).Select(i => $"\"{i}\""));

        Assert.Equal(counts, string.Join(",", requests.Select(request => request.OperationCount)));
        Assert.Equal(Enumerable.Range(1, requests.Count), requests.Select(request => request.Number));
        Assert.Equal(
            Enumerable.Range(0, operations).Select(i => $"{i}"),
            requests.SelectMany(request => JsonDocument.Parse(request.Json).RootElement.GetProperty("Operations").EnumerateArray().Select(one => one.GetString()!)));
    }

    [Fact]
    public void The_document_is_exact()
    {
        BulkRequest request = Assert.Single(Write(50, 4_000_000, ["1", "{}"]));

        Assert.Equal(Start + "1,{}" + End, request.ToString());
        Assert.Equal(Encoding.UTF8.GetBytes(request.ToString()), request.Json.ToArray());
    }

    [Fact]
    public void A_request_never_grows_over_its_limit_and_is_never_split_below_it()
    {
        int frame = Start.Length + End.Length;
        string[] operations = [.. Enumerable.Range(1, 200).Select(i => "\"" + new string((char)('a' + (i % 26)), i % 37) + "\"")];

        for (int limit = frame + 40; limit < frame + 140; limit++)
        {
            List<BulkRequest> requests = Write(50, limit, operations);

            Assert.All(requests, request => Assert.InRange(request.Json.Length, 1, limit));
            Assert.Equal(operations, requests.SelectMany(Operations));
            for (int i = 1; i < requests.Count; i++)
            {
                bool wasFull = requests[i - 1].OperationCount == 50;
                int together = requests[i - 1].Json.Length + 1 + Operations(requests[i]).First().Length;
                Assert.True(wasFull || together > limit);
            }
        }
    }

    [Fact]
    public void An_operation_of_the_largest_size_fits_exactly()
    {
        string operation = "\"" + new string('x', BulkRequestWriter.LargestOperation(1000) - 2) + "\"";

        List<BulkRequest> requests = Write(50, 1000, ["1", operation, "2"]);

        Assert.Equal([1, 1, 1], requests.Select(request => request.OperationCount));
        Assert.Equal(1000, requests[1].Json.Length);
    }

    [Fact]
    public void A_disposed_request_has_no_bytes()
    {
        BulkRequest request = Assert.Single(Write(50, 4_000_000, ["1"]));
        request.Dispose();
        request.Dispose();

        Assert.Throws<ObjectDisposedException>(() => request.Json);
        Assert.Throws<ObjectDisposedException>(request.ToString);
    }

    private static IEnumerable<string> Operations(BulkRequest request) =>
        JsonDocument.Parse(request.Json).RootElement.GetProperty("Operations").EnumerateArray().Select(one => one.GetRawText());

    private static List<BulkRequest> Write(int operationsPerRequest, int maxBytes, IEnumerable<string> operations)
    {
        using var writer = new BulkRequestWriter(operationsPerRequest, maxBytes);
        var requests = new List<BulkRequest?>();
        requests.AddRange(operations.Select(operation => writer.Add(Encoding.UTF8.GetBytes(operation))));
        requests.Add(writer.EndRun());
        return [.. requests.OfType<BulkRequest>()];
    }
}
