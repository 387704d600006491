namespace InboundProvisioning.Upload;

/// <summary>How far a run of uploads is.</summary>
/// <param name="Requests">Requests that were accepted so far, parts of one counted apart.</param>
/// <param name="Records">Records in them.</param>
/// <param name="Waiting">Requests that were read and whose outcome is not known yet.</param>
public readonly record struct UploadProgress(int Requests, int Records, int Waiting);
