using InboundProvisioning.Graph;
using InboundProvisioning.PowerShell.Abstractions;
using InboundProvisioning.Sync;
using InboundProvisioning.Upload;

namespace InboundProvisioning.PowerShell.Sync;

/// <summary>Brings what a synchronization tells to the streams of its cmdlet, on the pipeline thread.</summary>
internal sealed class SyncObserver : ISyncObserver
{
    private readonly AsyncCmdlet _cmdlet;
    private readonly PipelineQueue _pipeline;
    private readonly SyncProgressDisplay _progress;

    public SyncObserver(AsyncCmdlet cmdlet, PipelineQueue pipeline, SyncProgressDisplay progress)
    {
        _cmdlet = cmdlet;
        _pipeline = pipeline;
        _progress = progress;
    }

    public void OnPhase(SyncPhase phase, long done, long total) => _pipeline.Do(() => _progress.Show(phase, done, total));

    public void OnOutcome(BulkUploadOutcome outcome)
    {
        if (outcome.IsAccepted)
        {
            BulkUploadResult result = outcome.Result!;
            _pipeline.Do(() => _cmdlet.WriteDebug(
                $"Request {result.Index}: {result.OperationCount} records, {result.StatusText}, request-id {result.RequestId}, {result.Attempts} attempts, {result.Duration.TotalSeconds:0.0} s."));
        }
        else if (outcome.Fault is not null && !outcome.EndsRun)
        {
            _pipeline.Do(() => _cmdlet.WriteFault(BulkUploadFault.OfRequest(outcome)));
        }
    }

    // The phases tell it in records.
    public void OnProgress(UploadProgress progress)
    {
    }

    public void OnWarning(string text) => _pipeline.Do(() => _cmdlet.WriteWarning(text));

    public void OnDetail(string text) => _pipeline.Do(() => _cmdlet.WriteVerbose(text));

    public void Report(RetryNotice value) => _pipeline.Post(() =>
    {
        _cmdlet.WriteVerbose($"{value.Purpose}: attempt {value.Attempt} failed ({value.Reason}); trying again in {value.Delay.TotalSeconds:0.0} s.");
        _progress.Waiting(value);
    });
}
