using System;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading.Tasks;

using Xunit;

namespace InboundProvisioning.Emulator.Tests;

public sealed class GraphTokenTests(RunningEmulator emulator) : IClassFixture<RunningEmulator>
{
    [Theory]
    [InlineData(null)]
    [InlineData("not-a-token")]
    public async Task Without_a_token_every_call_is_unauthorized(string? token)
    {
        foreach ((HttpMethod method, string path) in new[]
        {
            (HttpMethod.Get, "/v1.0/servicePrincipals"),
            (HttpMethod.Get, $"/v1.0/servicePrincipals/{emulator.Address.ServicePrincipalId}"),
            (HttpMethod.Get, emulator.Jobs),
            (HttpMethod.Get, $"{emulator.Jobs}/{emulator.Address.JobId}"),
            (HttpMethod.Post, emulator.BulkUpload),
            (HttpMethod.Get, "/v1.0/anything"),
        })
        {
            Answer answer = await SendAsync(emulator, method, path, token);

            answer.GraphMessage(401, "InvalidAuthenticationToken");
            Assert.StartsWith("Bearer ", answer.Headers["WWW-Authenticate"], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_token_of_another_emulator_is_unauthorized()
    {
        await using RunningEmulator other = await RunningEmulator.StartAsync(new EmulatorOptions());

        Answer answer = await SendAsync(emulator, HttpMethod.Get, "/v1.0/servicePrincipals", await other.SignInAsync());

        answer.GraphMessage(401, "InvalidAuthenticationToken");
    }

    [Fact]
    public async Task A_token_whose_claims_were_changed_is_unauthorized()
    {
        string[] parts = (await emulator.SignInAsync()).Split('.');
        string[] others = (await emulator.SignInAsync()).Split('.');

        Answer answer = await SendAsync(emulator, HttpMethod.Get, "/v1.0/servicePrincipals", $"{parts[0]}.{others[1]}.{parts[2]}");

        Assert.Contains("signature", answer.GraphMessage(401, "InvalidAuthenticationToken"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_lasts_an_hour()
    {
        var clock = new ManualTimeProvider();
        await using RunningEmulator timed = await RunningEmulator.StartAsync(new EmulatorOptions { Clock = clock });
        string token = await timed.SignInAsync();

        clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(200, (await SendAsync(timed, HttpMethod.Get, "/v1.0/servicePrincipals", token)).Status);

        clock.Advance(TimeSpan.FromMinutes(1));
        Answer answer = await SendAsync(timed, HttpMethod.Get, "/v1.0/servicePrincipals", token);
        Assert.Equal("Access token has expired or is not yet valid.", answer.GraphMessage(401, "InvalidAuthenticationToken"));
    }

    [Theory]
    [InlineData("SynchronizationData-User.Upload", 403, 403, 202)]
    [InlineData("SynchronizationData-User.Upload.OwnedBy", 403, 403, 202)]
    [InlineData("Application.Read.All", 200, 403, 403)]
    [InlineData("Synchronization.Read.All", 403, 200, 403)]
    [InlineData("Synchronization.ReadWrite.All", 403, 200, 403)]
    public async Task Each_call_asks_for_its_documented_permission(string role, int find, int jobs, int upload)
    {
        await using RunningEmulator limited = await RunningEmulator.StartAsync(new EmulatorOptions { Roles = [role] });

        Assert.Equal(find, (await limited.GetAsync("/v1.0/servicePrincipals")).Status);
        Assert.Equal(find, (await limited.GetAsync($"/v1.0/servicePrincipals/{limited.Address.ServicePrincipalId}")).Status);
        Assert.Equal(jobs, (await limited.GetAsync(limited.Jobs)).Status);
        Assert.Equal(jobs, (await limited.GetAsync($"{limited.Jobs}/{limited.Address.JobId}")).Status);
        Answer answer = await limited.UploadAsync(Bulk.Request("1").ToJsonString());
        Assert.Equal(upload, answer.Status);
        if (upload == 403)
        {
            answer.GraphMessage(403, "Authorization_RequestDenied");
        }
    }

    [Fact]
    public async Task A_path_that_Graph_does_not_have_is_a_bad_request() =>
        Assert.Contains("'nothing'", (await emulator.GetAsync("/v1.0/nothing")).GraphMessage(400, "BadRequest"), StringComparison.Ordinal);

    private static Task<Answer> SendAsync(RunningEmulator to, HttpMethod method, string path, string? token)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return to.SendAsync(request);
    }
}
