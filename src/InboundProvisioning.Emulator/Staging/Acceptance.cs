namespace InboundProvisioning.Emulator.Staging;

/// <summary>One time that a record was staged.</summary>
/// <param name="Upload">The number of the upload, see <see cref="AcceptedUpload"/>; 0 for one before a restart of the emulator.</param>
/// <param name="Sha256">The SHA-256 of the operation's <c>data</c> as it was sent, in small hexadecimal digits.</param>
/// <param name="AnswerLost">Whether the upload's answer did not reach the client.</param>
public sealed record Acceptance(int Upload, string Sha256, bool AnswerLost);
