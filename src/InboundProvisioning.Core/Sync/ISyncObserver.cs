using InboundProvisioning.Upload;

namespace InboundProvisioning.Sync;

/// <summary>Learns how a run goes: its phases, and what <see cref="IUploadObserver"/> learns.</summary>
public interface ISyncObserver : IUploadObserver
{
    /// <summary>A phase begins or goes on.</summary>
    /// <param name="phase">The phase.</param>
    /// <param name="done">How much of it is done.</param>
    /// <param name="total">How much there is; 0 where that is not known.</param>
    void OnPhase(SyncPhase phase, long done, long total);
}
