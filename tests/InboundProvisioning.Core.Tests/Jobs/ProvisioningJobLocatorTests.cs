using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Authentication;
using InboundProvisioning.Core.Tests.Graph;
using InboundProvisioning.Core.Tests.Timing;
using InboundProvisioning.Graph;
using InboundProvisioning.Http;
using InboundProvisioning.Jobs;
using Xunit;

namespace InboundProvisioning.Core.Tests.Jobs;

public sealed class ProvisioningJobLocatorTests : IDisposable
{
    private const string AppId = "11111111-0000-0000-0000-000000000000";
    private const string ObjectId = "22222222-0000-0000-0000-000000000000";

    private readonly FakeService _service = new();
    private readonly GraphClient _graph;
    private readonly ProvisioningJobLocator _locator;

    public ProvisioningJobLocatorTests()
    {
        _graph = new GraphClient(
            ServiceEndpoints.Create(CloudEnvironment.Global), new FakeTokens(), _service, new RetrySettings { Retries = 0 }, new ManualTimeProvider());
        _locator = new ProvisioningJobLocator(_graph);
    }

    public void Dispose() => _graph.Dispose();

    [Fact]
    public async Task Ids_that_are_given_are_used_without_a_call()
    {
        Assert.Equal(new ProvisioningJobAddress(ObjectId, "job"), await Locate(ObjectId, "job"));
        Assert.Empty(_service.Sent);
    }

    [Fact]
    public async Task The_only_job_is_taken()
    {
        _service.Answer(200, """{"value":[{"id":"API2AAD.t.g","templateId":"API2AAD"}]}""");

        Assert.Equal(new ProvisioningJobAddress(ObjectId, "API2AAD.t.g"), await Locate(ObjectId));
        Assert.EndsWith($"/v1.0/servicePrincipals/{ObjectId}/synchronization/jobs", Assert.Single(_service.Sent).Uri.AbsoluteUri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_app_id_is_looked_up_after_a_404()
    {
        _service
            .Answer(404)
            .Answer(200, $$"""{"value":[{"id":"{{ObjectId}}","appId":"{{AppId}}"}]}""")
            .Answer(200, """{"value":[{"id":"job"}]}""");

        Assert.Equal(new ProvisioningJobAddress(ObjectId, "job"), await Locate(AppId));
        Assert.Equal(
            $"?$filter=id eq '{AppId}' or appId eq '{AppId}'&$select=id,appId,displayName,applicationTemplateId",
            Uri.UnescapeDataString(_service.Sent.ElementAt(1).Uri.Query));
    }

    [Fact]
    public async Task An_id_that_nobody_has_is_named()
    {
        _service.Answer(404).Answer(200, """{"value":[]}""");

        var fault = await Assert.ThrowsAsync<InboundProvisioningException>(() => Locate(AppId));

        Assert.Equal("ServicePrincipalNotFound", fault.ErrorId);
        Assert.Contains(AppId, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_jobs_are_listed()
    {
        _service.Answer(200, """{"value":[{"id":"one","templateId":"API2AAD"},{"id":"two","templateId":"API2AD"}]}""");

        var fault = await Assert.ThrowsAsync<InboundProvisioningException>(() => Locate(ObjectId));

        Assert.Equal("SeveralJobs", fault.ErrorId);
        Assert.Contains("'one' (template API2AAD), 'two' (template API2AD)", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_app_without_a_job_is_an_error()
    {
        _service.Answer(200, """{"value":[]}""");

        Assert.Equal("JobNotFound", (await Assert.ThrowsAsync<InboundProvisioningException>(() => Locate(ObjectId))).ErrorId);
    }

    [Fact]
    public async Task Without_the_right_to_look_up_the_error_names_the_permission_and_the_way_without()
    {
        _service.Answer(403);

        GraphException fault = await Assert.ThrowsAsync<GraphException>(() => Locate(ObjectId));

        Assert.Contains("Synchronization.Read.All", fault.Message, StringComparison.Ordinal);
        Assert.Contains("-JobId", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("<html>")]
    [InlineData("{}")]
    [InlineData("""{"value":null}""")]
    [InlineData("""{"value":[1]}""")]
    [InlineData("""{"value":[{"id":1}]}""")]
    public async Task An_answer_that_is_no_collection_is_an_error(string body)
    {
        _service.Answer(200, body);

        Assert.Equal("AnswerNotUnderstood", (await Assert.ThrowsAsync<InboundProvisioningException>(() => Locate(ObjectId))).ErrorId);
    }

    private Task<ProvisioningJobAddress> Locate(string servicePrincipalId, string? jobId = null) =>
        _locator.LocateAsync(servicePrincipalId, jobId, notices: null, CancellationToken.None);
}
