using System.Linq;
using System.Text;
using InboundProvisioning.Scim;

namespace InboundProvisioning.Core.Tests.Scim;

/// <summary>Which of several names of a request counts, and what is told of one that cannot be sent.</summary>
public sealed class BulkRequestShapeTests
{
    private const string Schemas = "\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:BulkRequest\"]";
    private const string Good = """{"method":"POST","bulkId":"b","path":"/Users","data":{"externalId":"1"}}""";

    [Theory]
    [InlineData("""{"SCHEMAS":["URN:ietf:params:scim:api:messages:2.0:bulkrequest"],"OPERATIONS":[{"METHOD":"post","BULKID":"b","DATA":{"EXTERNALID":"1"}}]}""", "b:1")]
    [InlineData("{" + Schemas + ""","operations":[],"Operations":[""" + Good + "]}", "b:1")]
    [InlineData("{" + Schemas + ""","Operations":[""" + Good + """],"operations":[]}""", "b:1")]
    [InlineData("{" + Schemas + ""","Operations":[],"Operations":[""" + Good + "]}", "b:1")]
    [InlineData("{\"schemas\":[]," + Schemas + ",\"Oper\\u0061tions\":[" + Good + "]}", "b:1")]
    [InlineData("{" + Schemas + ""","Operations":[{"method":"POST","bulkId":"x","bulkId":"b","data":{"externalid":"2","externalId":"1","externalID":"3","a":{"externalId":"4"}}}]}""", "b:1")]
    [InlineData("{" + Schemas + ""","Operations":[{"method":"POST","bulkId":"b","data":{"externalId":1}}]}""", "b:")]
    public void The_name_as_it_is_spelled_counts_then_another_case_and_of_several_the_last(string json, string ids)
    {
        BulkRequestDocument document = Read(json);

        Assert.Null(document.Fault);
        Assert.Equal(ids, string.Join(",", document.Operations.Select(operation => $"{operation.BulkId}:{operation.ExternalId}")));
    }

    [Theory]
    [InlineData("5", "PayloadInvalid", "it is not a bulk request")]
    [InlineData("[{}]", "PayloadInvalid", "it is not a bulk request")]
    [InlineData("{" + Schemas + "}", "PayloadInvalid", "'Operations' are missing")]
    [InlineData("{" + Schemas + ",\"Operations\":{\"a\":[1]}}", "PayloadInvalid", "'Operations' are missing")]
    [InlineData("{\"schemas\":{},\"Operations\":[5]}", "PayloadInvalid", "it is not a bulk request")]
    [InlineData("{" + Schemas + ",\"Operations\":[]}", "PayloadInvalid", "it has no operations")]
    [InlineData("{" + Schemas + ",\"Operations\":[" + Good + ",[1]]}", "PayloadInvalid", "operation 2 is not an object")]
    [InlineData("{" + Schemas + ",\"Operations\":[{\"bulkId\":\"\",\"method\":\"GET\"}]}", "PayloadInvalid", "operation 1 has no bulkId")]
    [InlineData("{" + Schemas + ",\"Operations\":[{\"bulkId\":\"b\",\"method\":[\"POST\"],\"data\":{}}]}", "PayloadInvalid", "operation 1 has another method")]
    [InlineData("{" + Schemas + ",\"Operations\":[{\"bulkId\":\"b\",\"method\":\"POST\",\"data\":[{}]}]}", "PayloadInvalid", "operation 1 has no data")]
    [InlineData("{" + Schemas + ",\"Operations\":[{\"bulkId\":\"\\ud800\",\"method\":\"POST\",\"data\":{}}]}", "PayloadInvalid", "not valid Unicode")]
    [InlineData("{" + Schemas + ",\"Operations\":[" + Good + "]", "PayloadNotJson", "is not JSON")]
    [InlineData("{" + Schemas + ",\"Operations\":[" + Good + "]} x", "PayloadNotJson", "is not JSON")]
    [InlineData("[1,]", "PayloadNotJson", "is not JSON")]
    [InlineData("", "PayloadNotJson", "is not JSON")]
    public void What_cannot_be_sent_is_told(string json, string errorId, string words)
    {
        BulkRequestDocument document = Read(json);

        Assert.Equal(errorId, document.Fault!.ErrorId);
        Assert.Contains(words, document.Fault.Message, System.StringComparison.Ordinal);
    }

    private static BulkRequestDocument Read(string json) => BulkRequestDocument.Read("x", 1, Encoding.UTF8.GetBytes(json));
}
