using System;
using InboundProvisioning.Jobs;
using Xunit;

namespace InboundProvisioning.Core.Tests.Jobs;

public sealed class ProvisioningEndpointTests
{
    [Theory]
    [InlineData("https://graph.microsoft.com/beta/servicePrincipals/p/synchronization/jobs/API2AAD.t.g/bulkUpload")]
    [InlineData("https://graph.microsoft.com/v1.0/servicePrincipals/p/synchronization/jobs/API2AAD.t.g/bulkUpload")]
    [InlineData("https://graph.microsoft.com/v1.0/ServicePrincipals/p/Synchronization/Jobs/API2AAD.t.g/bulkupload/")]
    [InlineData("https://graph.microsoft.com/beta/servicePrincipals/p/synchronization/jobs/API2AAD.t.g")]
    [InlineData("  https://graph.microsoft.com/beta/servicePrincipals/p/synchronization/jobs/API2AAD.t.g/bulkUpload ")]
    public void The_portals_url_gives_the_job(string url)
    {
        ProvisioningEndpoint endpoint = ProvisioningEndpoint.Parse(new Uri(url));

        Assert.Equal(new ProvisioningJobAddress("p", "API2AAD.t.g"), endpoint.Job);
        Assert.Equal("graph.microsoft.com", endpoint.Graph.Authority);
    }

    [Fact]
    public void A_private_endpoint_may_have_a_path_and_a_port() => Assert.Equal(
        new Uri("https://gateway.example:8443/graph"),
        ProvisioningEndpoint.Parse(new Uri("https://gateway.example:8443/graph/v1.0/servicePrincipals/p/synchronization/jobs/j/bulkUpload")).Graph);

    [Theory]
    [InlineData("bulkUpload")]
    [InlineData("https://portal.azure.com/")]
    [InlineData("https://graph.microsoft.com/beta/servicePrincipals/p/synchronization/jobs")]
    [InlineData("https://graph.microsoft.com/beta/servicePrincipals/p/synchronization/jobs/j/bulkUpload?x=s3cret")]
    [InlineData("https://user:s3cret@graph.microsoft.com/beta/servicePrincipals/p/synchronization/jobs/j/bulkUpload")]
    public void Anything_else_is_refused_with_the_form_that_is_wanted(string url)
    {
        var fault = Assert.Throws<InboundProvisioningException>(() => ProvisioningEndpoint.Parse(new Uri(url, UriKind.RelativeOrAbsolute)));

        Assert.Equal("ProvisioningEndpointInvalid", fault.ErrorId);
        Assert.Contains("/synchronization/jobs/", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", $"{fault} {fault.Target}", StringComparison.Ordinal);
    }

    [Fact]
    public void Plain_http_is_refused() => Assert.Equal(
        "EndpointNotHttps",
        Assert.Throws<InboundProvisioningException>(() => ProvisioningEndpoint.Parse(
            new Uri("http://graph.microsoft.com/beta/servicePrincipals/p/synchronization/jobs/j/bulkUpload"))).ErrorId);

    [Fact]
    public void Ids_are_escaped_on_their_way_into_a_path() => Assert.Equal(
        "servicePrincipals/a%2Fb/synchronization/jobs/j%3F/bulkUpload", new ProvisioningJobAddress("a/b", "j?").BulkUploadPath);
}
