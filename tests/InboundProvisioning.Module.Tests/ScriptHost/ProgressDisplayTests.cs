using System;
using System.IO;
using System.Management.Automation;
using InboundProvisioning.ScriptHost;

namespace InboundProvisioning.Module.Tests.ScriptHost;

/// <summary>Plays what is written onto a line of a screen and looks at the line.</summary>
public sealed class ProgressDisplayTests
{
    private readonly StringWriter _written = new();
    private readonly StoppedClock _clock = new();
    private readonly ProgressDisplay _display;
    private int _width = 100;

    public ProgressDisplayTests()
    {
        _display = new ProgressDisplay(_written, () => _width, _clock);
    }

    [Fact]
    public void An_activity_shows_its_share_its_status_and_the_time_left()
    {
        Update(new ProgressRecord(0, "Converting", "500 of 1000 rows") { PercentComplete = 50, SecondsRemaining = 75 });

        Assert.Equal("Converting [##########..........]  50%  500 of 1000 rows  00:01:15 left", Screen());
    }

    [Fact]
    public void An_activity_without_a_share_has_no_bar()
    {
        Update(new ProgressRecord(0, "Sending", "3 requests"));

        Assert.Equal("Sending  3 requests", Screen());
    }

    [Fact]
    public void A_nested_activity_stands_behind_its_parent()
    {
        Update(new ProgressRecord(0, "Sending", "all") { PercentComplete = 10 });
        Update(new ProgressRecord(1, "Request 7", "waiting") { ParentActivityId = 0 });

        Assert.Equal("Sending  10% > Request 7  waiting", Screen());
    }

    [Fact]
    public void A_completed_activity_gives_the_line_back_to_its_parent()
    {
        Update(new ProgressRecord(0, "Sending", "all"));
        Update(new ProgressRecord(1, "Request 7", "waiting") { ParentActivityId = 0 });
        Update(Completed(1));

        Assert.Equal("Sending  all", Screen());
    }

    [Fact]
    public void A_completed_parent_takes_its_children_with_it_and_wipes_the_line()
    {
        Update(new ProgressRecord(0, "Sending", "all"));
        Update(new ProgressRecord(1, "Request 7", "waiting") { ParentActivityId = 0 });
        Update(Completed(0));

        Assert.Equal(string.Empty, Screen());
    }

    [Fact]
    public void Records_in_quick_succession_are_drawn_ten_times_a_second()
    {
        Update(new ProgressRecord(0, "Converting", "row 1"));
        Update(new ProgressRecord(0, "Converting", "row 2"));
        Assert.Equal("Converting  row 1", Screen());

        _clock.Advance(TimeSpan.FromMilliseconds(100));
        Update(new ProgressRecord(0, "Converting", "row 3"));
        Assert.Equal("Converting  row 3", Screen());
    }

    [Fact]
    public void A_line_never_reaches_the_last_column()
    {
        _width = 20;

        Update(new ProgressRecord(0, "An activity with a long name", "and a status"));

        Assert.Equal("An activity with a", Screen());
        Assert.DoesNotContain('\n', _written.ToString());
    }

    [Fact]
    public void Nothing_is_drawn_while_other_text_has_not_ended_its_line()
    {
        _display.Resume(atLineStart: false);
        Update(new ProgressRecord(0, "Converting", "row 1"));
        Assert.Equal(string.Empty, _written.ToString());

        _display.Resume(atLineStart: true);
        Update(new ProgressRecord(0, "Converting", "row 2"));
        Assert.Equal("Converting  row 2", Screen());
    }

    private static ProgressRecord Completed(int activityId) =>
        new(activityId, "done", "done") { RecordType = ProgressRecordType.Completed };

    private void Update(ProgressRecord record) => _display.Update(sourceId: 1, record);

    private string Screen()
    {
        char[] line = new string(' ', 200).ToCharArray();
        int column = 0;
        foreach (char character in _written.ToString())
        {
            if (character == '\r')
            {
                column = 0;
            }
            else
            {
                line[column++] = character;
            }
        }

        return new string(line).TrimEnd();
    }

    private sealed class StoppedClock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Advance(TimeSpan time) => _ticks += time.Ticks;

        public override long GetTimestamp() => _ticks;
    }
}
