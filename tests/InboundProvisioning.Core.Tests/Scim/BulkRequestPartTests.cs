using System.Text;
using InboundProvisioning.Scim;
using Xunit;

namespace InboundProvisioning.Core.Tests.Scim;

public sealed class BulkRequestPartTests
{
    private const string First = """{ "method":"POST","bulkId" : "1", "path":"/Users", "data":{"externalId":"aé","n":1.0e+00,"x":[1, {"Operations":[2]}]} }""";
    private const string Second = """{"method":"POST","bulkId":"2","path":"/Users","data":{"externalId":"b\u0041\"]}"}}""";
    private const string Third = """{"method":"POST","bulkId":"3","path":"/Users","data":{}}""";

    [Theory]
    [InlineData("Operations")]
    [InlineData("operations")]
    public void A_part_keeps_the_bytes_of_its_operations_and_of_what_is_around_the_list(string name)
    {
        string head = $$"""{"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],"unknown":{"Operations":[{}]}, "{{name}}" : [""";
        const string Tail = "],\"failOnErrors\":null }";
        BulkRequestDocument document = Read(head + "\n  " + First + " ,\n  " + Second + ",\t" + Third + "\n" + Tail);

        Assert.Equal(head + First + Tail, Text(document.Part(0, 1)));
        Assert.Equal(head + Second + ",\t" + Third + Tail, Text(document.Part(1, 2)));
        Assert.Equal(head + Third + Tail, Text(document.Part(1, 2).Part(1, 1)));
    }

    [Fact]
    public void A_part_knows_its_place_and_its_people()
    {
        BulkRequestDocument part = Read(Request(First, Second, Third)).Part(1, 2);

        Assert.Equal((2, 2, true), (part.FirstOperation, part.OperationCount, part.IsPart));
        Assert.Equal(["bA\"]}"], part.ExternalIds);
        Assert.Equal([new("2", "bA\"]}"), new("3", null)], part.Operations);
        Assert.Equal(("/data/day.json", 1), (part.Source, part.Number));
        Assert.Equal("day.json operations 2 to 3", part.ToString());
        Assert.Equal("day.json operation 3", part.Part(1, 1).ToString());
        Assert.Equal(3, part.Part(1, 1).FirstOperation);
    }

    [Fact]
    public void A_part_is_what_a_reader_reads_as_a_request_of_its_own()
    {
        BulkRequestDocument part = Read(Request(First, Second, Third)).Part(0, 2);

        BulkRequestDocument again = Read(Text(part));

        Assert.Null(again.Fault);
        Assert.Equal(part.Operations, again.Operations);
    }

    [Fact]
    public void Of_two_lists_the_same_is_cut_that_was_checked()
    {
        BulkRequestDocument document = Read(
            $$"""{"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],"Operations":[{{First}}],"operations":[],"Operations":[{{Second}},{{Third}}]}""");

        Assert.Equal(2, document.OperationCount);
        Assert.EndsWith($"\"Operations\":[{Third}]}}", Text(document.Part(1, 1)), System.StringComparison.Ordinal);
    }

    private static string Request(params string[] operations) =>
        $$"""{"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],"Operations":[{{string.Join(",", operations)}}]}""";

    private static BulkRequestDocument Read(string json) => BulkRequestDocument.Read("/data/day.json", 1, Encoding.UTF8.GetBytes(json));

    private static string Text(BulkRequestDocument document) => Encoding.UTF8.GetString(document.Json);
}
