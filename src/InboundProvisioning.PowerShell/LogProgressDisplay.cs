using System;
using System.Globalization;
using System.Management.Automation;
using InboundProvisioning.Graph;
using InboundProvisioning.Logs;
using InboundProvisioning.PowerShell.Abstractions;

namespace InboundProvisioning.PowerShell;

/// <summary>Shows how far the reading of logs is, and how many records are waited for.</summary>
internal sealed class LogProgressDisplay : IProgress<ProvisioningLogProgress>
{
    private const int ActivityId = 3;

    private readonly GraphRun _run;
    private readonly string _activity;
    private int _expected;

    public LogProgressDisplay(GraphRun run, ProvisioningJobAddress job)
    {
        _run = run;
        _activity = $"Reading the provisioning logs of job {job.JobId}";
    }

    /// <summary>The records that are waited for.</summary>
    public int Open { get; set; }

    /// <summary>Says that so many records are waited for.</summary>
    public void Expect(int records) => _expected = records;

    public void Report(ProvisioningLogProgress value)
    {
        string reached = value.Reached is DateTimeOffset time
            ? string.Format(CultureInfo.InvariantCulture, ", back to {0:yyyy-MM-dd HH:mm:ss}", time.ToLocalTime())
            : string.Empty;
        Show(string.Format(CultureInfo.InvariantCulture, "{0:N0} events{1}", value.Events, reached));
    }

    /// <summary>Says how many records are still open until the next look.</summary>
    public void Waiting(int open, int seconds)
    {
        Open = open;
        Show($"next look in {seconds} s");
    }

    /// <summary>Takes the progress off the screen; for the pipeline thread.</summary>
    public static void Complete(Cmdlet cmdlet) =>
        cmdlet.WriteProgress(new ProgressRecord(ActivityId, "Reading the provisioning logs", " ") { RecordType = ProgressRecordType.Completed });

    private void Show(string status)
    {
        var record = new ProgressRecord(ActivityId, _activity, status);
        if (_expected > 0)
        {
            record.PercentComplete = (int)(100L * (_expected - Open) / _expected);
            record.StatusDescription = string.Format(
                CultureInfo.InvariantCulture, "{0:N0} of {1:N0} records have an outcome; {2}", _expected - Open, _expected, status);
        }

        _run.WriteProgress(record);
    }
}
