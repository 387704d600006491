using System;
using System.Collections.Generic;

namespace InboundProvisioning.RunLogs;

/// <summary>An entry of the log of a run.</summary>
/// <param name="Time">When.</param>
/// <param name="Level">How much it asks for attention.</param>
/// <param name="Event">What it tells.</param>
/// <param name="Facts">Numbers, names of limits, ids of errors and of requests: nothing about a person. Values are texts, numbers or null.</param>
/// <param name="Text">The words of the message, which can name people; null where they are not wanted.</param>
internal sealed record RunLogEntry(
    DateTimeOffset Time, RunLogLevel Level, RunEvent Event, IReadOnlyList<KeyValuePair<string, object?>> Facts, string? Text);
