using System;
using System.Globalization;
using System.Management.Automation;
using InboundProvisioning.Jobs;
using InboundProvisioning.Logs;
using InboundProvisioning.PowerShell.Abstractions;

namespace InboundProvisioning.PowerShell.Logs;

/// <summary>Shows on the pipeline what the reading of logs finds, how far it is, and how many records are waited for.</summary>
internal sealed class LogDisplay(GraphRun run, ProvisioningJobAddress job) : ILogObserver
{
    private const int ActivityId = 3;

    private readonly string _activity = $"Reading the provisioning logs of job {job.JobId}";

    /// <summary>Takes the progress off the screen; for the pipeline thread.</summary>
    public static void Complete(Cmdlet cmdlet) =>
        cmdlet.WriteProgress(new ProgressRecord(ActivityId, "Reading the provisioning logs", " ") { RecordType = ProgressRecordType.Completed });

    public void OnItem(object item) => run.WriteObject(item);

    public void OnWarning(string text) => run.WriteWarning(text);

    public void OnDetail(string text) => run.WriteVerbose(text);

    public void OnProgress(ProvisioningLogProgress progress)
    {
        var record = new ProgressRecord(ActivityId, _activity, Status(progress));
        if (progress.Expected > 0)
        {
            int done = progress.Expected - progress.Open;
            record.PercentComplete = (int)(100L * done / progress.Expected);
            record.StatusDescription = string.Format(
                CultureInfo.InvariantCulture, "{0:N0} of {1:N0} records have an outcome; {2}", done, progress.Expected, record.StatusDescription);
        }

        run.WriteProgress(record);
    }

    private static string Status(ProvisioningLogProgress progress)
    {
        if (progress.NextLook is TimeSpan wait)
        {
            return $"next look in {wait.TotalSeconds} s";
        }

        string reached = progress.Reached is DateTimeOffset time
            ? string.Format(CultureInfo.InvariantCulture, ", back to {0:yyyy-MM-dd HH:mm:ss}", time.ToLocalTime())
            : string.Empty;
        return string.Format(CultureInfo.InvariantCulture, "{0:N0} events{1}", progress.Events, reached);
    }
}
