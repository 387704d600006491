using System;
using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using InboundProvisioning.Conversion;

namespace InboundProvisioning.PowerShell.Conversion;

/// <summary>Shows how far a conversion of files is: rows, rate and time left. For the pipeline thread alone.</summary>
internal sealed class ConversionProgressDisplay : IDisposable
{
    private const int MillisecondsBetween = 200;

    private readonly Cmdlet _cmdlet;
    private readonly Stopwatch _running = Stopwatch.StartNew();
    private readonly ProgressRecord _record = new(0x5C1, "Converting worker records", "Starting");
    private long _shownAt = -MillisecondsBetween;

    public ConversionProgressDisplay(Cmdlet cmdlet)
    {
        _cmdlet = cmdlet;
    }

    public void Show(ConversionProgress progress)
    {
        long now = _running.ElapsedMilliseconds;
        if (now - _shownAt < MillisecondsBetween)
        {
            return;
        }

        _shownAt = now;
        double seconds = Math.Max(_running.Elapsed.TotalSeconds, 0.001);
        double done = progress.BytesTotal == 0 ? 1 : Math.Min(1, (double)progress.BytesRead / progress.BytesTotal);
        _record.StatusDescription = string.Format(
            CultureInfo.InvariantCulture, "{0:N0} rows, {1:N0} rows a second", progress.Rows, progress.Rows / seconds);
        _record.PercentComplete = (int)(done * 100);
        _record.SecondsRemaining = done > 0.01 ? (int)(seconds / done * (1 - done)) : -1;
        _cmdlet.WriteProgress(_record);
    }

    /// <summary>Takes the display away, also when the run ends early.</summary>
    public void Dispose()
    {
        _record.RecordType = ProgressRecordType.Completed;
        try
        {
            _cmdlet.WriteProgress(_record);
        }
        catch (PipelineStoppedException)
        {
            // A pipeline that is being stopped shows nothing more; the host clears its display.
        }
    }
}
