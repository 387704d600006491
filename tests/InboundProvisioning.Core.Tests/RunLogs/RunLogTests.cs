using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using InboundProvisioning.Core.Tests.Support;
using InboundProvisioning.Core.Tests.Timing;
using InboundProvisioning.Graph;
using InboundProvisioning.RunLogs;
using InboundProvisioning.Sync;
using InboundProvisioning.Sync.Safeguards;

namespace InboundProvisioning.Core.Tests.RunLogs;

/// <summary>The log of a run: what is in it, what is not, and where it goes.</summary>
public sealed class RunLogTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly ManualTimeProvider _clock = new();
    private readonly List<string> _warnings = [];

    private string LogPath => _directory.File("run.jsonl");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Each_line_is_a_JSON_object_with_time_level_event_and_numbers()
    {
        using (RunLog log = Open(isPersonal: false))
        {
            log.OnStarted("job");
            log.OnPhase(SyncPhase.Sending);
            log.OnRetry(new RetryNotice("Sending request 3", 1, TimeSpan.FromSeconds(2.5), "429"));
            log.OnEnded(new SyncResult { Status = SyncStatus.Completed, Rows = 1001, Accepted = 3, RunId = 7, Duration = TimeSpan.FromSeconds(1.25) });
        }

        JsonElement[] lines = Lines();
        Assert.Equal([1000, 1010, 1110, 1001], lines.Select(static line => line.GetProperty("eventId").GetInt32()));
        Assert.Equal(["RunStarted", "Phase", "Retry", "RunEnded"], lines.Select(static line => line.GetProperty("event").GetString()));
        Assert.Equal(_clock.GetUtcNow(), lines[0].GetProperty("time").GetDateTimeOffset());
        Assert.Equal((2.5, "Warning"), (lines[2].GetProperty("delaySeconds").GetDouble(), lines[2].GetProperty("level").GetString()));
        JsonElement ended = lines[3];
        Assert.Equal(("Completed", 0, 7, 1001, 3), (ended.GetProperty("status").GetString(), Number("exitCode"), Number("runId"), Number("rows"), Number("accepted")));
        Assert.Equal("Information", ended.GetProperty("level").GetString());

        int Number(string name) => ended.GetProperty(name).GetInt32();
    }

    [Fact]
    public void Nobody_is_named_unless_that_is_asked_for()
    {
        using (RunLog log = Open(isPersonal: false))
        {
            Tell(log);
        }

        Assert.DoesNotContain("Ada", File.ReadAllText(LogPath));
        using (RunLog log = Open(isPersonal: true))
        {
            Tell(log);
        }

        Assert.Equal(4, Lines().Count(static line => line.TryGetProperty("message", out JsonElement text) && text.GetString()!.Contains("Ada")));

        static void Tell(RunLog log)
        {
            log.OnWarning("'Ada' is held back.");
            log.OnFault(new InboundProvisioningException("PlanStale", FaultKind.Refused, "The plan is stale: Ada."));
            log.OnEnded(new SyncResult
            {
                Status = SyncStatus.Stopped,
                Reason = "Stopped because of Ada.",
                Stops = [new SafeguardStop { Name = "DisableLimit", ErrorId = "DisableLimitExceeded", Reason = "11 people such as Ada.", ExternalIds = ["Ada"], Count = 11, Allowed = 10, Base = 100 }],
            });
        }
    }

    [Fact]
    public void A_stop_is_an_error_with_its_limit()
    {
        using (RunLog log = Open(isPersonal: false))
        {
            log.OnEnded(new SyncResult { Status = SyncStatus.Stopped, Stops = [new SafeguardStop { Name = "DisableLimit", ErrorId = "DisableLimitExceeded", Reason = "x", Count = 11, Allowed = 10, Base = 100 }] });
        }

        JsonElement stop = Lines()[0];
        Assert.Equal(
            ("Error", "DisableLimit", 11, 10, 100),
            (stop.GetProperty("level").GetString(), stop.GetProperty("stop").GetString(), stop.GetProperty("count").GetInt32(), stop.GetProperty("allowed").GetInt32(), stop.GetProperty("base").GetInt32()));
        Assert.Equal(("Error", 2), (Lines()[1].GetProperty("level").GetString(), Lines()[1].GetProperty("exitCode").GetInt32()));
    }

    [Fact]
    public void A_file_that_grows_too_large_is_kept_under_a_number_and_the_oldest_goes()
    {
        using (var file = new JsonLinesFile(LogPath, isPersonal: false, limit: 1000))
        {
            for (int number = 0; number < 200; number++)
            {
                file.Write(Entry(number));
            }
        }

        string[] files = Directory.GetFiles(Path.GetDirectoryName(LogPath)!);
        Assert.Equal(1 + JsonLinesFile.Kept, files.Length);
        Assert.All(files, static file => Assert.InRange(new FileInfo(file).Length, 1, 1000));
        long[] numbers = [.. Enumerable.Range(1, JsonLinesFile.Kept).Reverse().Select(number => LogPath + "." + number).Append(LogPath).SelectMany(File.ReadLines).Select(static line => JsonDocument.Parse(line).RootElement.GetProperty("number").GetInt64())];
        Assert.Equal(Enumerable.Range(200 - numbers.Length, numbers.Length).Select(static number => (long)number), numbers);
    }

    [Fact]
    public void A_later_run_goes_on_at_the_end()
    {
        for (int run = 0; run < 3; run++)
        {
            using RunLog log = Open(isPersonal: false);
            log.OnStarted("job");
        }

        Assert.Equal(3, Lines().Length);
    }

    [Fact]
    public void A_log_that_cannot_be_written_is_one_warning_and_no_fault()
    {
        using (var log = new RunLog(isPersonal: false, _clock, _warnings.Add))
        {
            log.AddFile(Path.Combine(_directory.File("missing"), "run.jsonl"));
            log.OnStarted("job");
            log.OnWarning("x");
        }

        Assert.Contains("the run goes on without", Assert.Single(_warnings));
    }

    [Fact]
    public void The_journal_gets_priorities_and_one_line_an_entry()
    {
        var text = new StringWriter();
        using (RunLog log = new(isPersonal: true, _clock, _warnings.Add))
        {
            log.Add(new JournalLines(text));
            log.OnStarted("job");
            log.OnWarning("two\nlines");
            log.OnFault(new InboundProvisioningException("StateLocked", FaultKind.LimitReached, "Another run."));
        }

        Assert.Equal(["<6>RunStarted jobId=job", "<4>Warning: two lines", "<3>Fault errorId=StateLocked: Another run."], text.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("8:4711", "socket:[4711]", true)]
    [InlineData("8:4711", "socket:[4712]", false)]
    [InlineData("8:4711", "/dev/pts/0", false)]
    [InlineData(null, "socket:[4711]", false)]
    [InlineData("8:", "socket:[]", false)]
    public void The_journal_is_where_systemd_says_and_where_errors_go(string? stream, string? errors, bool isJournal) =>
        Assert.Equal(isJournal, JournalLines.IsJournal(stream, errors));

    [Fact]
    public void With_messages_the_file_is_its_owner_s_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using (RunLog log = Open(isPersonal: true))
        {
            log.OnStarted("job");
        }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(LogPath));
    }

    [Fact]
    public void A_file_of_a_time_without_messages_is_its_owner_s_alone_once_they_are_asked_for()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using (RunLog log = Open(isPersonal: false))
        {
            log.OnStarted("job");
        }

        File.SetUnixFileMode(LogPath, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        using (RunLog log = Open(isPersonal: true))
        {
            log.OnWarning("'Ada' is held back.");
        }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(LogPath));
    }

    [Theory]
    [InlineData("externalId,userName\n1,ada@contoso.com\n")]
    [InlineData("{\n  \"Format\": \"InboundProvisioning report 1\"\n}")]
    [InlineData("SQLite format 3\0")]
    public void Another_file_is_left_as_it_is(string content)
    {
        File.WriteAllText(LogPath, content);
        using (RunLog log = Open(isPersonal: false))
        {
            log.OnStarted("job");
            log.OnWarning("x");
        }

        Assert.Equal(content, File.ReadAllText(LogPath));
        Assert.Contains("which is no log of a run", Assert.Single(_warnings));
    }

    [Fact]
    public void A_line_that_was_cut_ends_before_the_next_run()
    {
        File.WriteAllText(LogPath, "{\"time\":\"2026-11-26T02:00:00.000Z\",\"le");
        using (RunLog log = Open(isPersonal: false))
        {
            log.OnStarted("job");
        }

        string[] lines = File.ReadAllLines(LogPath);
        Assert.Equal(2, lines.Length);
        Assert.Equal("RunStarted", JsonDocument.Parse(lines[1]).RootElement.GetProperty("event").GetString());
    }

    [Fact]
    public void Runs_at_the_same_time_take_nothing_from_each_other()
    {
        using (RunLog one = Open(isPersonal: false))
        using (RunLog other = Open(isPersonal: false))
        {
            for (int number = 0; number < 20; number++)
            {
                one.OnStarted("one");
                other.OnStarted("the-other-job");
            }
        }

        // Windows lets one of them write, and the other one warns.
        Assert.Equal(OperatingSystem.IsWindows() ? 20 : 40, Lines().Length);
    }

    [Fact]
    public void A_full_disk_is_one_warning_and_no_fault()
    {
        if (!File.Exists("/dev/full"))
        {
            return;
        }

        using (var log = new RunLog(isPersonal: false, _clock, _warnings.Add))
        {
            log.AddFile("/dev/full");
            log.OnStarted("job");
            log.OnWarning("x");
        }

        Assert.Contains("the run goes on without", Assert.Single(_warnings));
    }

    private static RunLogEntry Entry(int number) => new(
        DateTimeOffset.UnixEpoch, RunLogLevel.Information, RunEvent.Phase, [new KeyValuePair<string, object?>("number", (long)number)], Text: null);

    private RunLog Open(bool isPersonal)
    {
        var log = new RunLog(isPersonal, _clock, _warnings.Add);
        log.AddFile(LogPath);
        return log;
    }

    private JsonElement[] Lines() => [.. File.ReadLines(LogPath).Select(static line => JsonDocument.Parse(line).RootElement)];
}
