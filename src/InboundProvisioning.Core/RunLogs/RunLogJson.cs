using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using System.Text.Json;

namespace InboundProvisioning.RunLogs;

/// <summary>Writes entries as JSON, each in one line: <c>time</c> (ISO 8601, UTC), <c>level</c>, <c>eventId</c>, <c>event</c>, then the facts.</summary>
internal static class RunLogJson
{
    /// <summary>What each line begins with.</summary>
    public static ReadOnlySpan<byte> Beginning => "{\"time\":"u8;

    /// <summary>An entry in UTF-8, without a line break.</summary>
    public static byte[] Line(RunLogEntry entry)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteString("time", entry.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            writer.WriteString("level", entry.Level.ToString());
            writer.WriteNumber("eventId", (int)entry.Event);
            writer.WriteString("event", entry.Event.ToString());
            foreach (KeyValuePair<string, object?> fact in entry.Facts)
            {
                Write(writer, fact.Key, fact.Value);
            }

            if (entry.Text is not null)
            {
                writer.WriteString("message", entry.Text);
            }

            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    /// <summary>An entry in words: <c>RunEnded status=Completed accepted=3</c>.</summary>
    public static string Words(RunLogEntry entry)
    {
        var text = new StringBuilder(entry.Event.ToString());
        foreach (KeyValuePair<string, object?> fact in entry.Facts)
        {
            if (fact.Value is not null)
            {
                text.Append(' ').Append(fact.Key).Append('=').Append(Convert.ToString(fact.Value, CultureInfo.InvariantCulture));
            }
        }

        if (entry.Text is not null)
        {
            text.Append(": ").Append(entry.Text);
        }

        return text.Replace('\n', ' ').Replace('\r', ' ').ToString();
    }

    private static void Write(Utf8JsonWriter writer, string name, object? value)
    {
        switch (value)
        {
            case null:
                break;
            case long number:
                writer.WriteNumber(name, number);
                break;
            case double number:
                writer.WriteNumber(name, number);
                break;
            default:
                writer.WriteString(name, Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }
}
