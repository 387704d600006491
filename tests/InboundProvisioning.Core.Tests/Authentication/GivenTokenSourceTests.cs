using System;
using System.Globalization;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Authentication;
using InboundProvisioning.Authentication.Tokens;
using InboundProvisioning.Core.Tests.Timing;
using Xunit;

namespace InboundProvisioning.Core.Tests.Authentication;

public sealed class GivenTokenSourceTests
{
    private readonly ManualTimeProvider _clock = new();

    [Theory]
    [InlineData("opaque-token_123")]
    [InlineData("Bearer opaque-token_123")]
    [InlineData("  opaque-token_123\r\n")]
    public async Task A_token_that_is_no_JWT_is_used_as_it_is(string text)
    {
        AccessToken token = await new GivenTokenSource(Secrets.Of(text), _clock).GetTokenAsync(refused: null, CancellationToken.None);

        Assert.Equal(("opaque-token_123", null), (token.Value, token.ExpiresOn));
        Assert.DoesNotContain("opaque", token.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_JWT_says_who_and_until_when()
    {
        DateTimeOffset end = _clock.GetUtcNow().AddHours(1);
        var source = new GivenTokenSource(Secrets.Of(Jwt($$"""{"exp":{{end.ToUnixTimeSeconds()}},"tid":"tenant","appid":"app"}""")), _clock);

        Assert.Equal(end, (await source.GetTokenAsync(refused: null, CancellationToken.None)).ExpiresOn);
        Assert.Equal(("tenant", "app"), (source.Current!.Claims!.TenantId, source.Current.Claims.ClientId));
    }

    [Fact]
    public async Task A_JWT_that_has_ended_gets_its_own_message_also_when_it_ends_on_the_way()
    {
        string jwt = Jwt($$"""{"exp":{{_clock.GetUtcNow().AddMinutes(5).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)}}}""");
        var source = new GivenTokenSource(Secrets.Of(jwt), _clock);
        await source.GetTokenAsync(refused: null, CancellationToken.None);

        _clock.Advance(TimeSpan.FromMinutes(5));

        var fault = await Assert.ThrowsAsync<InboundProvisioningException>(() => source.GetTokenAsync(refused: null, CancellationToken.None));
        Assert.Equal(("AccessTokenExpired", FaultKind.Authentication), (fault.ErrorId, fault.Kind));
        Assert.Contains("2026-03-01 08:05:00Z", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(jwt, fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_the_service_refuses_cannot_be_renewed()
    {
        var source = new GivenTokenSource(Secrets.Of("opaque"), _clock);
        AccessToken token = await source.GetTokenAsync(refused: null, CancellationToken.None);

        Assert.Equal(
            "AccessTokenRefused",
            (await Assert.ThrowsAsync<InboundProvisioningException>(() => source.GetTokenAsync(token, CancellationToken.None))).ErrorId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Bearer ")]
    [InlineData("two words")]
    [InlineData("line\nbreak")]
    [InlineData("ümlaut")]
    public void What_no_token_looks_like_is_refused_without_showing_it(string text)
    {
        var fault = Assert.Throws<InboundProvisioningException>(() => new GivenTokenSource(Secrets.Of(text), _clock));

        Assert.Equal("AccessTokenInvalid", fault.ErrorId);
        Assert.True(text.Trim().Length < 7 || !fault.ToString().Contains(text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a.b.c")]
    [InlineData("a.e30.c.d")]
    [InlineData("a.MTIz.c")]
    [InlineData("")]
    public void What_is_no_JWT_has_no_claims(string text) => Assert.Null(TokenClaims.TryRead(text));

    [Theory]
    [InlineData("""{"exp":"soon","tid":5,"azp":"app"}""")]
    [InlineData("""{"exp":1e400,"azp":"app"}""")]
    [InlineData("""{"exp":999999999999999,"azp":"app"}""")]
    public void Claims_that_make_no_sense_are_left_out(string payload)
    {
        TokenClaims claims = TokenClaims.TryRead(Jwt(payload))!;

        Assert.Equal((null, null, "app"), (claims.ExpiresOn, claims.TenantId, claims.ClientId));
    }

    [Fact]
    public void Roles_are_an_apps_and_scopes_a_persons()
    {
        TokenClaims app = TokenClaims.TryRead(Jwt("""{"roles":["A.Read","B.Write",3]}"""))!;
        TokenClaims person = TokenClaims.TryRead(Jwt("""{"scp":"A.Read openid","upn":"jo@contoso.example"}"""))!;

        Assert.Equal((AuthenticationType.Application, "A.Read,B.Write", null), (app.AuthenticationType, string.Join(',', app.Permissions), app.Account));
        Assert.Equal(
            (AuthenticationType.Delegated, "A.Read,openid", "jo@contoso.example"), (person.AuthenticationType, string.Join(',', person.Permissions), person.Account));
    }

    private static string Jwt(string payload) =>
        "eyJhbGciOiJub25lIn0." + Convert.ToBase64String(Encoding.UTF8.GetBytes(payload)).TrimEnd('=').Replace('+', '-').Replace('/', '_') + ".c2ln";
}
