using System;
using System.IO;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;

using InboundProvisioning.Emulator.Time;

using Xunit;

namespace InboundProvisioning.Emulator.Tests;

/// <summary>The clock that a test moves, from outside too.</summary>
public sealed class ClockTests
{
    private readonly ManualTimeProvider _clock = new();

    [Theory]
    [InlineData("PT6H", 21_600)]
    [InlineData("P1DT30M", 88_200)]
    [InlineData("2.5", 2.5)]
    [InlineData("0", 0)]
    public async Task Time_is_moved_on_by_a_duration_or_by_seconds(string advance, double seconds)
    {
        await using RunningEmulator emulator = await RunningEmulator.StartAsync(new EmulatorOptions { Clock = _clock });
        await AdvanceAsync(emulator, "PT1H");

        JsonElement moved = (await AdvanceAsync(emulator, advance)).Json;

        Assert.Equal(3_600 + seconds, moved.GetProperty("aheadSeconds").GetDouble());
        Assert.Equal(_clock.GetUtcNow().AddSeconds(3_600 + seconds), moved.GetProperty("utcNow").GetDateTimeOffset());
        Assert.Equal(moved.GetRawText(), (await emulator.InspectAsync("clock")).GetRawText());
        Assert.Equal(moved.GetProperty("utcNow").GetDateTimeOffset(), emulator.Host.UtcNow);
    }

    [Fact]
    public async Task Answers_are_dated_by_it()
    {
        await using RunningEmulator emulator = await RunningEmulator.StartAsync(new EmulatorOptions { Clock = _clock });
        await AdvanceAsync(emulator, "P3D");

        using HttpResponseMessage answer = await emulator.Http.GetAsync(new Uri(emulator.Address.Graph + "/v1.0/auditLogs/provisioning"));

        Assert.Equal(emulator.Host.UtcNow, answer.Headers.Date!.Value, TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("-PT1H")]
    [InlineData("tomorrow")]
    [InlineData("NaN")]
    [InlineData("1e300")]
    [InlineData("P1000Y")]
    public async Task What_is_no_time_ahead_is_refused(string advance)
    {
        await using RunningEmulator emulator = await RunningEmulator.StartAsync(new EmulatorOptions { Clock = _clock });

        Answer refused = await AdvanceAsync(emulator, advance);

        Assert.Equal(400, refused.Status);
        Assert.Contains("PT6H", refused.Json.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal(_clock.GetUtcNow(), emulator.Host.UtcNow);
    }

    /// <summary>A client compares a token's lifetime, and signs its assertions, by a clock that nobody moves.</summary>
    [Fact]
    public async Task Sign_in_does_not_follow_and_limits_and_logs_do()
    {
        await using RunningEmulator emulator = await RunningEmulator.StartAsync(new EmulatorOptions
        {
            Clock = _clock,
            LogDelay = TimeSpan.FromMinutes(10),
            CallsPerDay = 1,
            Roles = ["SynchronizationData-User.Upload", "ProvisioningLog.Read.All", "Synchronization.Read.All"],
        });
        Assert.Equal(202, (await emulator.UploadAsync(Bulk.Request("7").ToJsonString())).Status);
        Assert.Equal(429, (await emulator.UploadAsync(Bulk.Request("8").ToJsonString())).Status);
        emulator.Host.RunCycle();
        Assert.Equal(0, (await LogsAsync()).GetArrayLength());

        emulator.Host.AdvanceClock(TimeSpan.FromDays(30));

        // The token of before, and a new one, whose lifetime is told by the clock that was not moved.
        Assert.Equal(202, (await emulator.UploadAsync(Bulk.Request("8").ToJsonString())).Status);
        Assert.InRange(
            Jwt.Claims(await emulator.SignInAsync()).GetProperty("iat").GetInt64(),
            _clock.GetUtcNow().AddMinutes(-10).ToUnixTimeSeconds(),
            _clock.GetUtcNow().ToUnixTimeSeconds());
        Assert.Equal(1, (await LogsAsync()).GetArrayLength());

        async Task<JsonElement> LogsAsync() => (await emulator.GetAsync("/v1.0/auditLogs/provisioning?$top=10")).Json.GetProperty("value");
    }

    [Fact]
    public async Task A_cycle_that_is_due_by_then_runs()
    {
        await using RunningEmulator emulator = await RunningEmulator.StartAsync(
            new EmulatorOptions { Clock = _clock, CycleInterval = TimeSpan.FromMinutes(40) });
        await emulator.UploadAsync(Bulk.Request("7").ToJsonString());

        emulator.Host.AdvanceClock(TimeSpan.FromMinutes(39));
        _clock.Advance(TimeSpan.Zero);
        Assert.Empty(emulator.Host.Users);
        emulator.Host.AdvanceClock(TimeSpan.FromMinutes(1));
        _clock.Advance(TimeSpan.Zero);
        Assert.Single(emulator.Host.Users);

        await emulator.UploadAsync(Bulk.Request("8").ToJsonString());
        _clock.Advance(TimeSpan.FromMinutes(39));
        Assert.Single(emulator.Host.Users);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(2, emulator.Host.Users.Count);
    }

    [Fact]
    public void A_timer_with_a_period_goes_on()
    {
        var clock = new ServiceClock(_clock, TimeSpan.Zero);
        int fired = 0;
        using (System.Threading.ITimer timer = clock.CreateTimer(_ => fired++, null, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1)))
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            _clock.Advance(TimeSpan.Zero);
            _clock.Advance(TimeSpan.FromMinutes(1));
            Assert.Equal(2, fired);
        }

        clock.Advance(TimeSpan.FromMinutes(5));
        _clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(2, fired);
    }

    [Fact]
    public async Task What_time_was_moved_by_survives_a_restart()
    {
        DirectoryInfo data = Directory.CreateTempSubdirectory("emulator-clock-");
        try
        {
            var options = new EmulatorOptions { Clock = _clock, DataDirectory = data.FullName };
            await using (RunningEmulator first = await RunningEmulator.StartAsync(options))
            {
                first.Host.AdvanceClock(TimeSpan.FromDays(3));
            }

            await using RunningEmulator second = await RunningEmulator.StartAsync(options);
            Assert.Equal(_clock.GetUtcNow().AddDays(3), second.Host.UtcNow);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static Task<Answer> AdvanceAsync(RunningEmulator emulator, string advance) =>
        emulator.SendAsync(new HttpRequestMessage(HttpMethod.Post, $"/emulator/clock?advance={advance}"));
}
