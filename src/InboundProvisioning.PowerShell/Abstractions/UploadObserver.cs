using System;
using InboundProvisioning.Graph;
using InboundProvisioning.Upload;

namespace InboundProvisioning.PowerShell.Abstractions;

/// <summary>Brings what a run of uploads tells to the streams of its cmdlet, on the pipeline thread.</summary>
internal sealed class UploadObserver : IUploadObserver
{
    private readonly AsyncCmdlet _cmdlet;
    private readonly PipelineQueue _pipeline;
    private readonly UploadProgressDisplay _progress;
    private readonly bool _stopAtFault;

    /// <param name="cmdlet">Whose streams they are.</param>
    /// <param name="pipeline">The way to its pipeline thread.</param>
    /// <param name="progress">Shows progress and waits.</param>
    /// <param name="stopAtFault">Whether the first fault ends the run, so that one error stands for all.</param>
    public UploadObserver(AsyncCmdlet cmdlet, PipelineQueue pipeline, UploadProgressDisplay progress, bool stopAtFault)
    {
        _cmdlet = cmdlet;
        _pipeline = pipeline;
        _progress = progress;
        _stopAtFault = stopAtFault;
    }

    // The run goes on when the pipeline has taken the outcome: a slow reader slows it down, and a job that is held stays so meanwhile.
    public void OnOutcome(BulkUploadOutcome outcome)
    {
        if (outcome.IsAccepted)
        {
            BulkUploadResult result = outcome.Result!;
            _pipeline.Do(() =>
            {
                _cmdlet.WriteDebug($"Request {result.Index} ({outcome.Document}): {result.StatusText}, request-id {result.RequestId}, {result.Attempts} attempts, {result.Duration}");
                _cmdlet.WriteObject(result);
            });
        }
        else if (outcome.Fault is not null && !outcome.EndsRun && !_stopAtFault)
        {
            _pipeline.Do(() => _cmdlet.WriteFault(BulkUploadFault.OfRequest(outcome)));
        }
    }

    public void OnProgress(UploadProgress progress) => _pipeline.Do(() => _progress.Show(progress));

    public void OnWarning(string text) => _pipeline.Do(() => _cmdlet.WriteWarning(text));

    public void OnDetail(string text) => _pipeline.Do(() => _cmdlet.WriteVerbose(text));

    public void Report(RetryNotice value) => _pipeline.Post(() =>
    {
        _cmdlet.WriteVerbose($"{value.Purpose}: attempt {value.Attempt} failed ({value.Reason}); trying again in {value.Delay.TotalSeconds:0.0} s.");
        _progress.Waiting(value);
    });
}
