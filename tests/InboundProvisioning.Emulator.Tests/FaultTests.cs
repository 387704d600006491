using System;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;

using InboundProvisioning.Emulator.Faults;

using Xunit;

namespace InboundProvisioning.Emulator.Tests;

/// <summary>What is put in the way of calls on command.</summary>
public sealed class FaultTests : IAsyncLifetime
{
    private static readonly string OneUser = Bulk.Request("1").ToJsonString();

    private readonly RunningEmulator _emulator = new();

    public Task InitializeAsync() => _emulator.InitializeAsync();

    public Task DisposeAsync() => _emulator.DisposeAsync().AsTask();

    [Fact]
    public async Task A_status_refuses_the_next_calls_with_Graphs_error_body_and_without_the_work()
    {
        await PostAsync("""[{"path":"bulkUpload","count":2,"status":503,"retryAfter":"0.25"}]""");

        for (int i = 0; i < 2; i++)
        {
            Answer refused = await _emulator.UploadAsync(OneUser);
            refused.GraphMessage(503, "ServiceUnavailable");
            Assert.Equal("0.25", refused.Headers["Retry-After"]);
        }

        Assert.Empty(_emulator.Host.StagedUsers);
        Assert.Equal(202, (await _emulator.UploadAsync(OneUser)).Status);
        Assert.Equal(3, _emulator.Host.Requests.Calls);
        Assert.Equal(2, _emulator.Host.Requests.RefusedCalls);
    }

    [Theory]
    [InlineData("120")]
    [InlineData("1.5")]
    [InlineData("Wed, 21 Oct 2026 07:28:00 GMT")]
    [InlineData("soon")]
    public async Task Retry_After_is_sent_as_it_was_given(string retryAfter)
    {
        _emulator.Host.AddFaults(new Fault { Status = 429, RetryAfter = retryAfter, Path = "/jobs" });

        Answer refused = await _emulator.GetAsync(_emulator.Jobs);

        refused.GraphMessage(429, "TooManyRequests");
        Assert.Equal(retryAfter, refused.Headers["Retry-After"]);
    }

    [Fact]
    public async Task A_status_for_the_token_endpoint_has_the_authoritys_error_body()
    {
        _emulator.Host.AddFaults(new Fault { Status = 503, Path = "/oauth2/" });

        (await _emulator.RequestTokenAsync(_emulator.TokenFields())).IsTokenError(503, "temporarily_unavailable", 90033);
    }

    [Fact]
    public async Task Faults_strike_in_their_order_and_only_the_calls_that_they_match()
    {
        await _emulator.GetAsync(_emulator.Jobs);
        await PostAsync("""[{"path":"BULKUPLOAD","count":1,"status":502}]""");
        await PostAsync("""[{"count":1,"status":504},{"path":"bulkUpload","count":1,"status":500}]""");

        int[] statuses =
        [
            (await _emulator.GetAsync(_emulator.Jobs)).Status,
            (await _emulator.GetAsync(_emulator.Jobs)).Status,
            (await _emulator.UploadAsync(OneUser)).Status,
            (await _emulator.UploadAsync(OneUser)).Status,
            (await _emulator.UploadAsync(OneUser)).Status,
        ];

        Assert.Equal([504, 200, 502, 500, 202], statuses);
    }

    [Fact]
    public async Task The_path_matches_the_query_too_and_the_emulators_own_address_is_spared()
    {
        _emulator.Host.AddFaults(new Fault { Status = 500, Path = "$select=id" }, new Fault { Status = 501, Count = 5 });
        await _emulator.InspectAsync("requests");

        Assert.Equal([0, 0], _emulator.Host.Faults.Select(fault => fault.Struck));
        _emulator.Host.ClearFaults();
        _emulator.Host.AddFaults(new Fault { Status = 500, Path = "$select=id" });
        Assert.Equal(200, (await _emulator.GetAsync("/v1.0/servicePrincipals")).Status);
        Assert.Equal(500, (await _emulator.GetAsync("/v1.0/servicePrincipals?$select=id")).Status);
    }

    [Fact]
    public async Task What_is_left_and_how_often_each_struck_can_be_read_and_cleared()
    {
        await PostAsync("""[{"path":"bulkUpload","count":3,"status":503,"retryAfter":"1"},{"count":1,"action":"slow","delayMs":0}]""");
        await _emulator.UploadAsync(OneUser);

        JsonElement[] faults = [.. (await _emulator.InspectAsync("faults")).GetProperty("value").EnumerateArray()];
        Assert.Equal(
            """{"path":"bulkUpload","count":3,"status":503,"retryAfter":"1","struck":1,"left":2}""", faults[0].GetRawText());
        Assert.Equal("""{"count":1,"action":"slow","delayMs":0,"struck":1,"left":0}""", faults[1].GetRawText());

        Assert.Equal(204, (await _emulator.SendAsync(new HttpRequestMessage(HttpMethod.Delete, "/emulator/faults"))).Status);
        Assert.Empty(_emulator.Host.Faults);
        Assert.Equal(202, (await _emulator.UploadAsync(OneUser)).Status);
    }

    [Fact]
    public async Task Reset_drops_the_connection_before_the_work()
    {
        await _emulator.GetAsync(_emulator.Jobs);
        _emulator.Host.AddFaults(new Fault { Action = FaultAction.Reset });

        await Assert.ThrowsAsync<HttpRequestException>(() => _emulator.UploadAsync(OneUser));

        Assert.Empty(_emulator.Host.StagedUsers);
        Assert.Equal(1, _emulator.Host.Requests.RefusedCalls);
        Assert.Equal(202, (await _emulator.UploadAsync(OneUser)).Status);
    }

    [Theory]
    [InlineData(FaultAction.ResetAfterAccept)]
    [InlineData(FaultAction.Truncate)]
    public async Task An_upload_whose_answer_is_dropped_is_staged_and_counted_as_lost(FaultAction action)
    {
        await _emulator.GetAsync(_emulator.Jobs);
        _emulator.Host.AddFaults(new Fault { Action = action, Path = "bulkUpload" });

        await Assert.ThrowsAsync<HttpRequestException>(() => _emulator.UploadAsync(Bulk.Request("1", "2").ToJsonString()));

        Assert.Equal(2, _emulator.Host.StagedUsers.Count);
        Assert.Equal(1, _emulator.Host.Requests.LostAnswers);
        Assert.Equal(0, _emulator.Host.Requests.RefusedCalls);
        JsonElement lost = await _emulator.InspectAsync("lost");
        Assert.Equal(["1", "2"], lost.GetProperty("value").EnumerateArray().Select(user => user.GetProperty("externalId").GetString()));
    }

    [Fact]
    public async Task A_refused_upload_whose_answer_is_dropped_is_not_lost()
    {
        await _emulator.GetAsync(_emulator.Jobs);
        _emulator.Host.AddFaults(new Fault { Action = FaultAction.ResetAfterAccept });

        await Assert.ThrowsAsync<HttpRequestException>(() => _emulator.UploadAsync("{}"));
        await _emulator.UploadAsync(OneUser);

        Assert.Equal(0, _emulator.Host.Requests.LostAnswers);
        Assert.Equal(1, _emulator.Host.Requests.RefusedCalls);
    }

    [Fact]
    public async Task A_truncated_answer_announces_its_full_length_and_breaks_off()
    {
        string whole = (await _emulator.GetAsync(_emulator.Jobs)).Body;
        _emulator.Host.AddFaults(new Fault { Action = FaultAction.Truncate });

        HttpRequestMessage request = await _emulator.AuthorizedAsync(new HttpRequestMessage(HttpMethod.Get, _emulator.Jobs));
        using HttpResponseMessage response = await _emulator.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal(Encoding.UTF8.GetByteCount(whole), response.Content.Headers.ContentLength);
        await Assert.ThrowsAnyAsync<Exception>(() => response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Slow_holds_the_answer_back_and_not_the_work()
    {
        var clock = new ManualTimeProvider();
        await using RunningEmulator emulator = await RunningEmulator.StartAsync(new EmulatorOptions { Clock = clock });
        await emulator.SignInAsync();
        emulator.Host.AddFaults(new Fault { Action = FaultAction.Slow, DelayMs = 2000, Path = "bulkUpload" });
        Task waiting = clock.NextTimer();

        Task<Answer> upload = emulator.UploadAsync(OneUser);
        await waiting;

        Assert.False(upload.IsCompleted);
        Assert.Single(emulator.Host.StagedUsers);
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(202, (await upload).Status);
        Assert.Equal(0, emulator.Host.Requests.LostAnswers);
    }

    [Fact]
    public async Task An_answer_for_which_the_client_did_not_wait_is_lost()
    {
        var clock = new ManualTimeProvider();
        await using RunningEmulator emulator = await RunningEmulator.StartAsync(new EmulatorOptions { Clock = clock });
        emulator.Host.AddFaults(new Fault { Action = FaultAction.Slow, DelayMs = 2000, Path = "bulkUpload" });
        HttpRequestMessage request = await emulator.AuthorizedAsync(new HttpRequestMessage(HttpMethod.Post, emulator.BulkUpload));
        request.Content = new StringContent(OneUser, Encoding.UTF8, "application/scim+json");
        using var patience = new System.Threading.CancellationTokenSource();
        Task waiting = clock.NextTimer();
        Task<HttpResponseMessage> upload = emulator.Http.SendAsync(request, patience.Token);
        await waiting;

        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => upload);
        await emulator.Host.LostAnswer().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(1, emulator.Host.Requests.LostAnswers);
        Assert.Single(emulator.Host.UsersOfLostAnswers);
    }

    [Fact]
    public async Task ExpireToken_refuses_the_presented_token_from_then_on_and_no_other()
    {
        string spent = await _emulator.SignInAsync();
        _emulator.Host.AddFaults(new Fault { Action = FaultAction.ExpireToken });
        string spared = await _emulator.SignInAsync(); // presents none, so it is not struck

        (await JobsAsync(spent)).GraphMessage(401, "InvalidAuthenticationToken");
        (await JobsAsync(spent)).GraphMessage(401, "InvalidAuthenticationToken");
        Assert.Equal(200, (await JobsAsync(spared)).Status);
        Assert.Equal(200, (await JobsAsync(await _emulator.SignInAsync())).Status);
    }

    [Theory]
    [InlineData(null, 302)]
    [InlineData(307, 307)]
    public async Task Redirect_leads_elsewhere(int? status, int expected)
    {
        using HttpClient client = _emulator.WithoutRedirects();
        _emulator.Host.AddFaults(new Fault { Action = FaultAction.Redirect, Location = "https://other.example/there", Status = status });

        using HttpResponseMessage response = await client.GetAsync(new Uri(new Uri(_emulator.Address.Graph), _emulator.Jobs));

        Assert.Equal(expected, (int)response.StatusCode);
        Assert.Equal("https://other.example/there", response.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("{}", "The faults must be an array of objects.")]
    [InlineData("[", "The faults are not JSON: ")]
    [InlineData("[{}]", "Fault 1: it needs a 'status' or an 'action'.")]
    [InlineData("""[{"status":503},{"action":"explode"}]""", "Fault 2: the action is one of reset, ")]
    [InlineData("""[{"status":503,"times":2}]""", "Fault 1: ")]
    [InlineData("""[{"status":503,"count":0}]""", "Fault 1: 'count' must be 1 or more.")]
    [InlineData("""[{"status":200}]""", "Fault 1: 'status' must be from 400 to 599.")]
    [InlineData("""[{"status":503,"action":"reset"}]""", "Fault 1: it takes a 'status' or an 'action', not both.")]
    [InlineData("""[{"action":"reset","retryAfter":"1"}]""", "Fault 1: 'retryAfter' needs a 'status'.")]
    [InlineData("""[{"action":"slow"}]""", "Fault 1: the action 'slow' needs 'delayMs'.")]
    [InlineData("""[{"action":"reset","delayMs":5}]""", "Fault 1: 'delayMs' is for the action 'slow' only.")]
    [InlineData("""[{"action":"slow","delayMs":-1}]""", "Fault 1: 'delayMs' must be 0 or more.")]
    [InlineData("""[{"action":"redirect"}]""", "Fault 1: the action 'redirect' needs a 'location'.")]
    [InlineData("""[{"action":"redirect","location":"/there"}]""", "Fault 1: 'location' must be an absolute URL.")]
    [InlineData("""[{"action":"redirect","location":"https://a.example","status":503}]""", "Fault 1: the 'status' of a redirect must be")]
    [InlineData("[null]", "Fault 1: null is not a fault.")]
    public async Task A_list_that_makes_no_sense_is_refused_whole(string list, string message)
    {
        Answer answer = await SendListAsync(list);

        Assert.Equal(400, answer.Status);
        Assert.StartsWith(message, answer.Json.GetProperty("error").GetString());
        Assert.Empty(_emulator.Host.Faults);
    }

    [Fact]
    public void A_fault_that_makes_no_sense_is_refused_by_the_host_too() =>
        Assert.Contains(
            "Fault 2: 'count'",
            Assert.Throws<ArgumentException>(
                () => _emulator.Host.AddFaults(new Fault { Status = 503 }, new Fault { Status = 503, Count = 0 })).Message,
            StringComparison.Ordinal);

    private async Task PostAsync(string list) => Assert.Equal(200, (await SendListAsync(list)).Status);

    private Task<Answer> SendListAsync(string list) => _emulator.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/emulator/faults")
    {
        Content = new StringContent(list, Encoding.UTF8, "application/json"),
    });

    private Task<Answer> JobsAsync(string token)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, _emulator.Jobs);
        request.Headers.Authorization = new("Bearer", token);
        return _emulator.SendAsync(request);
    }
}
