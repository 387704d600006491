using System;
using InboundProvisioning.Authentication;
using InboundProvisioning.Jobs;
using Xunit;

namespace InboundProvisioning.Core.Tests.Authentication;

public sealed class ServiceEndpointsTests
{
    [Theory]
    [InlineData(CloudEnvironment.Global, "https://graph.microsoft.com", "https://login.microsoftonline.com")]
    [InlineData(CloudEnvironment.USGov, "https://graph.microsoft.us", "https://login.microsoftonline.us")]
    [InlineData(CloudEnvironment.USGovDoD, "https://dod-graph.microsoft.us", "https://login.microsoftonline.us")]
    [InlineData(CloudEnvironment.China, "https://microsoftgraph.chinacloudapi.cn", "https://login.partner.microsoftonline.cn")]
    public void Each_cloud_has_its_hosts(CloudEnvironment cloud, string graph, string authority)
    {
        var endpoints = ServiceEndpoints.Create(cloud);

        Assert.Equal((new Uri(graph), new Uri(authority), false), (endpoints.Graph, endpoints.Authority, endpoints.IsCustomAuthority));
        Assert.Equal(graph + "/.default", endpoints.Scope);
        Assert.Equal(authority + "/contoso.onmicrosoft.com", endpoints.AuthorityFor("contoso.onmicrosoft.com"));
    }

    [Theory]
    [InlineData("https://gateway.example:8443/graph")]
    [InlineData("https://gateway.example:8443/graph/")]
    [InlineData("https://gateway.example:8443/graph/v1.0")]
    [InlineData("https://gateway.example:8443/graph/beta/")]
    public void A_private_endpoint_takes_the_place_of_the_clouds(string graph)
    {
        var endpoints = ServiceEndpoints.Create(CloudEnvironment.Global, new Uri(graph), new Uri("https://sts.example/"));

        Assert.Equal("https://gateway.example:8443/graph/v1.0/x", endpoints.Resource("x").AbsoluteUri);
        Assert.Equal("https://gateway.example:8443/graph/.default", endpoints.Scope);
        Assert.Equal("https://sts.example/t", endpoints.AuthorityFor("t"));
        Assert.True(endpoints.IsCustomAuthority);
    }

    [Theory]
    [InlineData("http://graph.example", "EndpointNotHttps")]
    [InlineData("ftp://graph.example", "EndpointNotHttps")]
    [InlineData("graph.example", "EndpointInvalid")]
    [InlineData("https://user:secret@graph.example", "EndpointInvalid")]
    [InlineData("https://graph.example?x=1", "EndpointInvalid")]
    public void What_is_not_https_is_refused(string url, string errorId)
    {
        var uri = new Uri(url, UriKind.RelativeOrAbsolute);

        foreach (Func<ServiceEndpoints> create in new Func<ServiceEndpoints>[]
        {
            () => ServiceEndpoints.Create(CloudEnvironment.Global, graphEndpoint: uri),
            () => ServiceEndpoints.Create(CloudEnvironment.Global, authorityHost: uri),
        })
        {
            var fault = Assert.Throws<InboundProvisioningException>(create);
            Assert.Equal(errorId, fault.ErrorId);
            Assert.DoesNotContain("secret", fault.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("https://sts.example/contoso.onmicrosoft.com")]
    [InlineData("https://sts.example/adfs/")]
    public void A_sign_in_service_with_a_path_is_refused_since_that_would_be_the_tenant(string url) => Assert.Equal(
        "EndpointInvalid",
        Assert.Throws<InboundProvisioningException>(
            () => ServiceEndpoints.Create(CloudEnvironment.Global, authorityHost: new Uri(url))).ErrorId);

    [Theory]
    [InlineData("https://graph.microsoft.com", CloudEnvironment.Global)]
    [InlineData("https://dod-graph.microsoft.us", CloudEnvironment.USGovDoD)]
    [InlineData("https://GRAPH.microsoft.us:443", CloudEnvironment.USGov)]
    public void The_portals_url_names_the_cloud(string graph, CloudEnvironment cloud) =>
        Assert.Equal(cloud, ServiceEndpoints.CreateFor(Endpoint(graph).Graph, environment: null).Environment);

    [Fact]
    public void A_url_on_another_host_is_refused_since_the_token_would_go_there()
    {
        foreach (Func<ServiceEndpoints> create in new Func<ServiceEndpoints>[]
        {
            () => ServiceEndpoints.CreateFor(Endpoint("https://graph.evil.example").Graph, environment: null),
            () => ServiceEndpoints.CreateFor(Endpoint("https://graph.microsoft.com").Graph, CloudEnvironment.China),
            () => ServiceEndpoints.CreateFor(Endpoint("https://graph.microsoft.com:444").Graph, CloudEnvironment.Global),
            () => ServiceEndpoints.CreateFor(Endpoint("https://graph.microsoft.com").Graph, environment: null, new Uri("https://gateway.example")),
        })
        {
            Assert.Equal("ProvisioningEndpointHost", Assert.Throws<InboundProvisioningException>(create).ErrorId);
        }
    }

    [Fact]
    public void A_url_on_the_private_endpoint_is_fine() => Assert.Equal(
        new Uri("https://gateway.example:8443"),
        ServiceEndpoints.CreateFor(Endpoint("https://gateway.example:8443").Graph, environment: null, new Uri("https://gateway.example:8443")).Graph);

    private static ProvisioningEndpoint Endpoint(string graph) =>
        ProvisioningEndpoint.Parse(new Uri(graph + "/beta/servicePrincipals/p/synchronization/jobs/j/bulkUpload"));
}
