using System;
using System.Net;
using System.Net.Http;
using InboundProvisioning.Http;
using Xunit;

namespace InboundProvisioning.Core.Tests.Http;

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

    [Theory]
    [InlineData("socks5://user:s3cret@proxy.example:1", "'socks5://proxy.example:1'")]
    [InlineData("http://user:s3cret@proxy.example:8080", "'http://proxy.example:8080'")]
    [InlineData("user:s3cret@proxy.example:8080", "not an absolute URL")]
    [InlineData("//s3cret", "not an absolute URL")]
    public void A_proxy_in_another_form_is_refused_without_showing_its_password(string url, string shown)
    {
        var fault = Assert.Throws<InboundProvisioningException>(() => ServiceHttpHandler.Create(new Uri(url, UriKind.RelativeOrAbsolute)));

        Assert.Equal("ProxyInvalid", fault.ErrorId);
        Assert.Contains(shown, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", $"{fault} {fault.Target}", StringComparison.Ordinal);
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
