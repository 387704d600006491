using System;
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

public sealed class ServicePrincipalLocatorTests : IDisposable
{
    private readonly FakeService _service = new();
    private readonly GraphClient _graph;
    private readonly ServicePrincipalLocator _locator;

    public ServicePrincipalLocatorTests()
    {
        _graph = new GraphClient(
            ServiceEndpoints.Create(CloudEnvironment.Global), new FakeTokens(), _service, new RetrySettings { Retries = 0 }, new ManualTimeProvider());
        _locator = new ServicePrincipalLocator(_graph, notices: null);
    }

    public void Dispose() => _graph.Dispose();

    [Fact]
    public async Task A_name_is_looked_up_by_the_service_with_its_quotes_doubled()
    {
        _service.Answer(200, """{"value":[{"id":"one","appId":"app","displayName":"Jo's & co","applicationTemplateId":"t"}]}""");

        ServicePrincipal found = await _locator.FindByNameAsync("Jo's & co", CancellationToken.None);

        Assert.Equal(new ServicePrincipal("one", "app", "Jo's & co", "t"), found);
        string query = Assert.Single(_service.Sent).Uri.Query;
        Assert.Contains("%26", query, StringComparison.Ordinal);
        Assert.Equal("?$filter=displayName eq 'Jo''s & co'&$select=id,appId,displayName,applicationTemplateId", Uri.UnescapeDataString(query));
    }

    [Fact]
    public async Task Several_of_the_name_are_listed_from_all_pages()
    {
        _service
            .Answer(200, """{"value":[{"id":"one","appId":"a1","displayName":"HR"}],"@odata.nextLink":"https://graph.microsoft.com/v1.0/servicePrincipals?$skiptoken=2"}""")
            .Answer(200, """{"value":[{"id":"two","appId":"a2","displayName":"hr"}]}""");

        var fault = await Assert.ThrowsAsync<InboundProvisioningException>(() => _locator.FindByNameAsync("HR", CancellationToken.None));

        Assert.Equal("SeveralApplications", fault.ErrorId);
        Assert.Contains("'HR' (object id one, app id a1), 'hr' (object id two, app id a2)", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_no_app_has_is_an_error()
    {
        _service.Answer(200, """{"value":[]}""");

        Assert.Equal(
            "ServicePrincipalNotFound",
            (await Assert.ThrowsAsync<InboundProvisioningException>(() => _locator.FindByNameAsync("HR", CancellationToken.None))).ErrorId);
    }
}
