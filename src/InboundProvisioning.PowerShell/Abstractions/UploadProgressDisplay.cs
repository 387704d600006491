using System;
using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using InboundProvisioning.Graph;
using InboundProvisioning.Upload;

namespace InboundProvisioning.PowerShell.Abstractions;

/// <summary>Shows how far an upload is: requests, records, rate, time left where the number of files is known, and waits.</summary>
internal sealed class UploadProgressDisplay
{
    private const int ActivityId = 1;
    private const string Activity = "Uploading to the provisioning job";

    // More often is not readable, and slows the host down.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly Cmdlet _cmdlet;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan? _shown;
    private int _files;
    private int _filesLeft;

    public UploadProgressDisplay(Cmdlet cmdlet)
    {
        _cmdlet = cmdlet;
    }

    /// <summary>So many files are to be sent too.</summary>
    public void AddFiles(int count)
    {
        _files += count;
        _filesLeft += count;
    }

    /// <summary>One of them is being read.</summary>
    public void TakeFile() => _filesLeft--;

    public void Show(UploadProgress progress)
    {
        if (_clock.Elapsed - _shown < Pause)
        {
            return;
        }

        double rate = progress.Requests / Math.Max(_clock.Elapsed.TotalSeconds, 0.001);
        ProgressRecord record = Record(string.Format(
            CultureInfo.CurrentCulture, "{0:N0} requests, {1:N0} records, {2:N1} requests/s", progress.Requests, progress.Records, rate));
        if (_files > 1)
        {
            // A file holds one request as a rule; where it holds several, the figure is a lower bound.
            int open = Math.Min(_files, _filesLeft + progress.Waiting);
            record.PercentComplete = (int)(100L * (_files - open) / _files);
            record.SecondsRemaining = (int)(open / rate);
        }

        Show(record);
    }

    public void Waiting(RetryNotice notice) => Show(Record(string.Format(
        CultureInfo.CurrentCulture, "{0}: {1} Waiting {2:N1} s before attempt {3}.", notice.Purpose, notice.Reason, notice.Delay.TotalSeconds, notice.Attempt + 1)));

    public void Complete()
    {
        if (_shown is not null)
        {
            _cmdlet.WriteProgress(new ProgressRecord(ActivityId, Activity, " ") { RecordType = ProgressRecordType.Completed });
        }
    }

    private static ProgressRecord Record(string status) => new(ActivityId, Activity, status);

    private void Show(ProgressRecord record)
    {
        _shown = _clock.Elapsed;
        _cmdlet.WriteProgress(record);
    }
}
