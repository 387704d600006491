using System;
using InboundProvisioning.Graph;

namespace InboundProvisioning.Upload;

/// <summary>
/// Learns what a run of uploads yields. Outcomes, progress and texts come one after another; the notices of retries
/// (<see cref="IProgress{T}.Report"/>) come from the requests in flight, from any thread and at any time.
/// </summary>
public interface IUploadObserver : IProgress<RetryNotice>
{
    /// <summary>
    /// It is known what became of a request, or of a part of one that was cut: accepted, refused, or not sent. Called in the order
    /// of the requests and of their operations, for each once.
    /// </summary>
    void OnOutcome(BulkUploadOutcome outcome);

    /// <summary>So much is done. Called after each request that was accepted.</summary>
    void OnProgress(UploadProgress progress);

    /// <summary>Something that the user should know, such as a job that does not run.</summary>
    void OnWarning(string text);

    /// <summary>What the run does beside the upload, for those who want to see more.</summary>
    void OnDetail(string text);
}
