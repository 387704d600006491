using System;
using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using InboundProvisioning.Graph;
using InboundProvisioning.Sync;

namespace InboundProvisioning.PowerShell.Sync;

/// <summary>Shows which phase a synchronization is in, and how long it still sends. For the pipeline thread alone.</summary>
internal sealed class SyncProgressDisplay
{
    private const string Activity = "Synchronizing people";
    private const int ActivityId = 0x5C2;

    // More often is not readable, and slows the host down.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly Cmdlet _cmdlet;
    private readonly Stopwatch _phase = new();
    private readonly Stopwatch _shown = new();
    private SyncPhase? _current;

    public SyncProgressDisplay(Cmdlet cmdlet)
    {
        _cmdlet = cmdlet;
    }

    public void Show(SyncPhase phase, long done, long total)
    {
        bool isNew = _current != phase;
        if (isNew)
        {
            _current = phase;
            _phase.Restart();
        }
        else if (_shown.Elapsed < Pause)
        {
            return;
        }

        var record = new ProgressRecord(ActivityId, Activity, Words(phase, done, total));
        if (total > 0)
        {
            record.PercentComplete = (int)Math.Min(100, done * 100 / total);
            record.SecondsRemaining = done == 0 ? -1 : (int)(_phase.Elapsed.TotalSeconds / done * (total - done));
        }

        Show(record);
    }

    public void Waiting(RetryNotice notice) => Show(new ProgressRecord(ActivityId, Activity, string.Format(
        CultureInfo.CurrentCulture, "{0}: {1} Waiting {2:N1} s before attempt {3}.", notice.Purpose, notice.Reason, notice.Delay.TotalSeconds, notice.Attempt + 1)));

    public void Complete()
    {
        if (_current is not null)
        {
            _cmdlet.WriteProgress(new ProgressRecord(ActivityId, Activity, " ") { RecordType = ProgressRecordType.Completed });
        }
    }

    private static string Words(SyncPhase phase, long done, long total) => phase switch
    {
        SyncPhase.ReadingState => "Reading the state",
        SyncPhase.Resuming => "Sending again what was in doubt",
        SyncPhase.Planning => "Weighing the changes",
        SyncPhase.Sending => string.Format(CultureInfo.CurrentCulture, "Sending: {0:N0} of {1:N0} records", done, total),
        _ => "Keeping the state",
    };

    private void Show(ProgressRecord record)
    {
        _shown.Restart();
        _cmdlet.WriteProgress(record);
    }
}
