using System.Text.Json.Serialization;

namespace InboundProvisioning.Emulator.Faults;

/// <summary>What a fault does to a call, other than to refuse it with a status.</summary>
public enum FaultAction
{
    /// <summary>The connection is reset before any work is done.</summary>
    [JsonStringEnumMemberName("reset")]
    Reset,

    /// <summary>The work is done, then the connection is reset: no byte of the answer arrives.</summary>
    [JsonStringEnumMemberName("resetAfterAccept")]
    ResetAfterAccept,

    /// <summary>
    /// The work is done. The header with the full Content-Length and the first half of the body arrive, then the connection ends.
    /// An answer without a body is dropped whole, as by <see cref="ResetAfterAccept"/>.
    /// </summary>
    [JsonStringEnumMemberName("truncate")]
    Truncate,

    /// <summary>The work is done, and the answer is held back for <see cref="Fault.DelayMs"/>.</summary>
    [JsonStringEnumMemberName("slow")]
    Slow,

    /// <summary>
    /// The access token that the call presents is refused from this call on, with 401; others are taken. Strikes only calls with a bearer token.
    /// </summary>
    [JsonStringEnumMemberName("expireToken")]
    ExpireToken,

    /// <summary>The call is sent on to <see cref="Fault.Location"/>, before any work is done.</summary>
    [JsonStringEnumMemberName("redirect")]
    Redirect,
}
