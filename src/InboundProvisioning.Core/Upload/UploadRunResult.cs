using System.Collections.Generic;

namespace InboundProvisioning.Upload;

/// <summary>How a run of uploads ended.</summary>
/// <param name="Unsent">What was not sent, in its order; empty where all was.</param>
/// <param name="Fault">The fault that ended the run early; null where none did.</param>
/// <param name="JobFault"><c>JobNotStarted</c>: the job was paused for the run and stays so; its message has the command to run. Else null.</param>
public sealed record UploadRunResult(
    IReadOnlyList<UnsentPayload> Unsent, BulkUploadStoppedException? Fault, InboundProvisioningException? JobFault);
