using System;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;

using InboundProvisioning.Emulator.Throttling;

using Xunit;

namespace InboundProvisioning.Emulator.Tests;

public sealed class UploadLimitTests
{
    private static readonly string OneUser = Bulk.Request("1").ToJsonString();

    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public async Task Forty_calls_in_five_seconds_are_accepted_and_the_next_must_wait()
    {
        await using RunningEmulator emulator = await StartAsync();
        await UploadAsync(emulator, 40, expected: 202);

        Answer refused = await emulator.UploadAsync(OneUser);
        refused.GraphMessage(429, "TooManyRequests");
        Assert.Equal("5", refused.Headers["Retry-After"]);

        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(202, (await emulator.UploadAsync(OneUser)).Status);
    }

    [Fact]
    public async Task The_window_slides()
    {
        await using RunningEmulator emulator = await StartAsync();
        await UploadAsync(emulator, 20, expected: 202);
        _clock.Advance(TimeSpan.FromSeconds(2.5));
        await UploadAsync(emulator, 20, expected: 202);
        _clock.Advance(TimeSpan.FromSeconds(2.4));
        Assert.Equal("1", (await emulator.UploadAsync(OneUser)).Headers["Retry-After"]);

        _clock.Advance(TimeSpan.FromSeconds(0.1));

        // The first 20 are gone; 20 and the refused one are still there.
        await UploadAsync(emulator, 19, expected: 202);
        await UploadAsync(emulator, 1, expected: 429);
    }

    [Fact]
    public async Task Refused_calls_count_too()
    {
        await using RunningEmulator emulator = await StartAsync();
        await UploadAsync(emulator, 40, expected: 202);
        _clock.Advance(TimeSpan.FromSeconds(4));
        await UploadAsync(emulator, 40, expected: 429);

        _clock.Advance(TimeSpan.FromSeconds(1));

        await UploadAsync(emulator, 1, expected: 429);
    }

    [Fact]
    public async Task A_wait_of_Retry_After_is_enough()
    {
        await using RunningEmulator emulator = await StartAsync();
        for (int i = 0; i < 40; i++)
        {
            await UploadAsync(emulator, 1, expected: 202);
            _clock.Advance(TimeSpan.FromMilliseconds(37));
        }

        Answer refused = await emulator.UploadAsync(OneUser);
        _clock.Advance(RetryAfter(refused));

        Assert.Equal(202, (await emulator.UploadAsync(OneUser)).Status);
    }

    [Fact]
    public async Task A_tenant_with_P1_has_two_thousand_calls_in_24_hours()
    {
        await using RunningEmulator emulator = await StartAsync();
        DateTimeOffset start = _clock.GetUtcNow();
        for (int burst = 0; burst < 50; burst++)
        {
            await UploadAsync(emulator, 40, expected: 202);
            _clock.Advance(TimeSpan.FromSeconds(5));
        }

        Answer refused = await emulator.UploadAsync(OneUser);
        refused.GraphMessage(429, "TooManyRequests");
        TimeSpan wait = RetryAfter(refused);
        Assert.InRange(start + TimeSpan.FromDays(1) - _clock.GetUtcNow(), wait - TimeSpan.FromSeconds(1), wait);

        _clock.Advance(wait);
        emulator.ForgetToken();
        Assert.Equal(202, (await emulator.UploadAsync(OneUser)).Status);
    }

    [Fact]
    public async Task The_quota_can_be_smaller_and_is_told()
    {
        await using RunningEmulator emulator = await RunningEmulator.StartAsync(new EmulatorOptions { CallsPerDay = 3 });
        await UploadAsync(emulator, 1, expected: 202);
        emulator.Host.AdvanceClock(TimeSpan.FromHours(1));
        await UploadAsync(emulator, 2, expected: 202);
        await UploadAsync(emulator, 1, expected: 429);
        Assert.Equal(new DailyQuota(Limited: true, CallsPerDay: 3, CallsInLastDay: 4, Left: 0), emulator.Host.Quota);

        emulator.Host.AdvanceClock(TimeSpan.FromHours(23));
        Assert.Equal(
            """{"limited":true,"callsPerDay":3,"callsInLastDay":3,"left":0}""", (await emulator.InspectAsync("quota")).GetRawText());

        emulator.Host.AdvanceClock(TimeSpan.FromHours(1));
        Assert.Equal(new DailyQuota(Limited: true, CallsPerDay: 3, CallsInLastDay: 0, Left: 3), emulator.Host.Quota);
        await UploadAsync(emulator, 3, expected: 202);
        await UploadAsync(emulator, 1, expected: 429);
    }

    [Fact]
    public async Task A_quota_of_nothing_refuses_the_first_call()
    {
        await using RunningEmulator emulator = await RunningEmulator.StartAsync(new EmulatorOptions { CallsPerDay = 0, Clock = _clock });

        Assert.Equal("86400", (await emulator.UploadAsync(OneUser)).Headers["Retry-After"]);
    }

    [Fact]
    public void A_tenant_with_Governance_has_six_thousand()
    {
        var calls = new UploadCalls(limited: true, UploadCalls.CallsInOneDayWithGovernance, _clock);
        for (int i = 0; i < 6_000; i++)
        {
            Assert.Null(calls.Arrive());
            _clock.Advance(TimeSpan.FromSeconds(5) / 40);
        }

        Assert.NotNull(calls.Arrive());
    }

    [Fact]
    public async Task Without_limits_calls_are_only_counted()
    {
        await using RunningEmulator emulator = await StartAsync(LimitMode.Off);

        await UploadAsync(emulator, 60, expected: 202);

        Assert.Equal(60, (await emulator.InspectAsync("requests")).GetProperty("mostCallsInFiveSeconds").GetInt32());
    }

    [Fact]
    public async Task Reading_is_not_limited()
    {
        await using RunningEmulator emulator = await StartAsync();
        for (int i = 0; i < 50; i++)
        {
            Assert.Equal(200, (await emulator.GetAsync(emulator.Jobs)).Status);
        }

        Assert.Equal(0, emulator.Host.Requests.Calls);
    }

    [Fact]
    public async Task Calls_operations_and_refusals_are_counted()
    {
        await using RunningEmulator emulator = await StartAsync();
        await emulator.UploadAsync(Bulk.Request("1", "2").ToJsonString());
        await emulator.UploadAsync("{}");
        _clock.Advance(TimeSpan.FromSeconds(3));
        await emulator.UploadAsync(OneUser, "text/plain");
        _clock.Advance(TimeSpan.FromSeconds(3));
        await emulator.UploadAsync(OneUser);

        JsonElement counts = await emulator.InspectAsync("requests");

        Assert.Equal(
            [("calls", 4), ("operations", 3), ("refusedCalls", 2), ("lostAnswers", 0), ("mostCallsInFiveSeconds", 3)],
            counts.EnumerateObject().Select(property => (property.Name, property.Value.GetInt32())));
        Assert.Equal(new UploadCounts { Calls = 4, Operations = 3, RefusedCalls = 2, MostCallsInFiveSeconds = 3 }, emulator.Host.Requests);
    }

    [Fact]
    public async Task Latency_holds_the_answer_back_and_not_the_work()
    {
        await using RunningEmulator emulator =
            await RunningEmulator.StartAsync(new EmulatorOptions { Clock = _clock, Latency = TimeSpan.FromSeconds(10) });
        Task waiting = _clock.NextTimer();
        Task<Answer> upload = emulator.UploadAsync(OneUser);
        await waiting;
        _clock.Advance(TimeSpan.FromSeconds(10)); // lets the token go
        await _clock.NextTimer();

        Assert.False(upload.IsCompleted);
        Assert.Equal(1, emulator.Host.Requests.Calls);
        Assert.Single(emulator.Host.StagedUsers);

        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(202, (await upload).Status);
    }

    private static TimeSpan RetryAfter(Answer refused) =>
        TimeSpan.FromSeconds(int.Parse(refused.Headers["Retry-After"], CultureInfo.InvariantCulture));

    private static async Task UploadAsync(RunningEmulator emulator, int times, int expected)
    {
        for (int i = 0; i < times; i++)
        {
            Assert.Equal(expected, (await emulator.UploadAsync(OneUser)).Status);
        }
    }

    private Task<RunningEmulator> StartAsync(LimitMode limits = LimitMode.Documented) =>
        RunningEmulator.StartAsync(new EmulatorOptions { Clock = _clock, Limits = limits });
}
