namespace InboundProvisioning.Logs;

/// <summary>Learns what a <see cref="ProvisioningLogRun"/> finds, in order.</summary>
public interface ILogObserver
{
    /// <summary>A <see cref="ProvisioningChange"/>, <see cref="ProvisioningEvent"/> or <see cref="CycleSummary"/>.</summary>
    void OnItem(object item);

    /// <summary>What the user should know.</summary>
    void OnWarning(string text);

    /// <summary>What is of interest to someone who looks closely.</summary>
    void OnDetail(string text);

    /// <summary>How far the reading is; may be dropped.</summary>
    void OnProgress(ProvisioningLogProgress progress);
}
