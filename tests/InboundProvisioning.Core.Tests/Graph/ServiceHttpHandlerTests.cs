using System;
using System.Net;
using System.Net.Http;
using InboundProvisioning.Graph;
using Xunit;

namespace InboundProvisioning.Core.Tests.Graph;

public sealed class ServiceHttpHandlerTests
{
    [Fact]
    public void Redirects_are_not_followed_and_cookies_not_kept()
    {
        using var handler = (SocketsHttpHandler)ServiceHttpHandler.Create();

        Assert.False(handler.AllowAutoRedirect);
        Assert.False(handler.UseCookies);
    }

    [Fact]
    public void Without_a_proxy_the_systems_is_used_with_the_credential_that_is_given()
    {
        var credential = new NetworkCredential("user", "password");
        using var handler = (SocketsHttpHandler)ServiceHttpHandler.Create(proxyCredential: credential);

        Assert.True(handler.UseProxy);
        Assert.Null(handler.Proxy);
        Assert.Same(credential, handler.DefaultProxyCredentials);
    }

    [Fact]
    public void A_proxy_takes_its_credential()
    {
        var credential = new NetworkCredential("user", "password");
        using var handler = (SocketsHttpHandler)ServiceHttpHandler.Create(new Uri("http://proxy.example:8080"), credential);

        var proxy = Assert.IsType<WebProxy>(handler.Proxy);
        Assert.Equal((new Uri("http://proxy.example:8080"), (ICredentials)credential), (proxy.Address, proxy.Credentials));
    }
}
