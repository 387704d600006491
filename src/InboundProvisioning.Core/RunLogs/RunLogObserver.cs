using InboundProvisioning.Graph;
using InboundProvisioning.Sync;
using InboundProvisioning.Upload;

namespace InboundProvisioning.RunLogs;

/// <summary>Tells a log what it tells another observer.</summary>
public sealed class RunLogObserver : ISyncObserver
{
    private readonly ISyncObserver _observer;
    private readonly RunLog _log;
    private SyncPhase? _phase;

    /// <summary>Creates an observer.</summary>
    /// <param name="observer">The other one.</param>
    /// <param name="log">The log.</param>
    public RunLogObserver(ISyncObserver observer, RunLog log)
    {
        _observer = observer;
        _log = log;
    }

    /// <inheritdoc/>
    public void OnPhase(SyncPhase phase, long done, long total)
    {
        if (_phase != phase)
        {
            _phase = phase;
            _log.OnPhase(phase);
        }

        _observer.OnPhase(phase, done, total);
    }

    /// <inheritdoc/>
    public void OnOutcome(BulkUploadOutcome outcome)
    {
        _log.OnOutcome(outcome);
        _observer.OnOutcome(outcome);
    }

    /// <inheritdoc/>
    public void OnProgress(UploadProgress progress) => _observer.OnProgress(progress);

    /// <inheritdoc/>
    public void OnWarning(string text)
    {
        _log.OnWarning(text);
        _observer.OnWarning(text);
    }

    /// <inheritdoc/>
    public void OnDetail(string text) => _observer.OnDetail(text);

    /// <inheritdoc/>
    public void Report(RetryNotice value)
    {
        _log.OnRetry(value);
        _observer.Report(value);
    }
}
