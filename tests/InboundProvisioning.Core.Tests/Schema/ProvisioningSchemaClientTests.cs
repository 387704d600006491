using System;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Authentication;
using InboundProvisioning.Core.Tests.Graph;
using InboundProvisioning.Core.Tests.Timing;
using InboundProvisioning.Graph;
using InboundProvisioning.Http;
using InboundProvisioning.Jobs;
using InboundProvisioning.Schema;
using Xunit;

namespace InboundProvisioning.Core.Tests.Schema;

public sealed class ProvisioningSchemaClientTests
{
    private static readonly ProvisioningJobAddress Job = new("sp", "job");

    private readonly FakeService _service = new();

    [Fact]
    public async Task The_schema_is_read_again_just_before_it_is_replaced_and_goes_without_its_context()
    {
        _service.Answer(200, Schemas.Small).Answer(200, Schemas.Small).Answer(204);
        ProvisioningSchemaClient client = Client();
        ProvisioningSchema before = await client.ReadAsync(Job, CancellationToken.None);

        await client.ReplaceAsync(Job, before, before, CancellationToken.None);

        Assert.Equal(["GET", "GET", "PUT"], _service.Sent.Select(sent => sent.Method));
        Assert.All(_service.Sent, sent => Assert.EndsWith("/servicePrincipals/sp/synchronization/jobs/job/schema", sent.Uri.AbsolutePath, StringComparison.Ordinal));
        SentRequest put = _service.Sent.Last();
        Assert.Equal("application/json", put.ContentType);
        Assert.Equal(
            Schemas.Small.Replace("  \"@odata.context\": \"https://graph.microsoft.com/v1.0/$metadata#schema\",\n", string.Empty, StringComparison.Ordinal),
            Encoding.UTF8.GetString(put.Body!));
    }

    [Fact]
    public async Task A_change_in_between_stops_it()
    {
        _service.Answer(200, Schemas.Small).Answer(200, Schemas.Small.Replace("\"weight\": 1.0", "\"weight\": 1", StringComparison.Ordinal));
        ProvisioningSchemaClient client = Client();
        ProvisioningSchema before = await client.ReadAsync(Job, CancellationToken.None);

        InboundProvisioningException fault = await Assert.ThrowsAsync<InboundProvisioningException>(
            () => client.ReplaceAsync(Job, before, before, CancellationToken.None));

        Assert.Equal("SchemaChanged", fault.ErrorId);
        Assert.DoesNotContain("PUT", _service.Sent.Select(sent => sent.Method));
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("{\"a\":1")]
    public async Task An_answer_that_is_no_object_is_not_understood(string body)
    {
        _service.Answer(200, body);

        Assert.Equal(
            "AnswerNotUnderstood",
            (await Assert.ThrowsAsync<InboundProvisioningException>(() => Client().ReadAsync(Job, CancellationToken.None))).ErrorId);
    }

    private ProvisioningSchemaClient Client() => new(
        new GraphClient(ServiceEndpoints.Create(CloudEnvironment.Global, null, null), new FakeTokens(), _service, new RetrySettings(), new ManualTimeProvider()), null);
}
