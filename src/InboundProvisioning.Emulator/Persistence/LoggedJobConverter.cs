using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Serialization;

using InboundProvisioning.Emulator.Logs;

namespace InboundProvisioning.Emulator.Persistence;

/// <summary>Writes the job of the first event whole and that of the next ones as a number. For one document.</summary>
internal sealed class LoggedJobConverter : JsonConverter<LoggedJob>
{
    private readonly List<LoggedJob> _seen = [];

    public override LoggedJob Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number)
        {
            int number = reader.GetInt32();
            return number >= 0 && number < _seen.Count ? _seen[number] : throw new JsonException($"There is no job {number}.");
        }

        LoggedJob job = JsonSerializer.Deserialize<LoggedJob>(ref reader, JsonSerializerOptions.Web)!;
        _seen.Add(job);
        return job;
    }

    public override void Write(Utf8JsonWriter writer, LoggedJob value, JsonSerializerOptions options)
    {
        int number = _seen.IndexOf(value);
        if (number >= 0)
        {
            writer.WriteNumberValue(number);
        }
        else
        {
            _seen.Add(value);
            JsonSerializer.Serialize(writer, value, JsonSerializerOptions.Web);
        }
    }
}
