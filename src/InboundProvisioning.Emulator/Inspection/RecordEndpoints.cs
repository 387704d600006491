using System;
using System.Buffers;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;

using InboundProvisioning.Emulator.Staging;
using InboundProvisioning.Emulator.Users;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace InboundProvisioning.Emulator.Inspection;

/// <summary>What a test compares a client's own books with, written at once for 100,000 people and more.</summary>
internal sealed class RecordEndpoints(StagedUsers staged, UserDirectory users)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet($"{InspectionEndpoints.Prefix}/uploads", () => Results.Json(new { value = staged.Uploads }));
        routes.MapGet($"{InspectionEndpoints.Prefix}/records", Records);
        routes.MapGet($"{InspectionEndpoints.Prefix}/directory", Directory);
    }

    /// <param name="externalId">Only this person.</param>
    /// <param name="needless">Only those of whom something was sent without need.</param>
    /// <param name="data">Whether the last record is part of the answer.</param>
    private IResult Records(string? externalId, bool needless = false, bool data = true) => Json(writer =>
    {
        foreach (StagedRecord record in staged.Records(externalId).Where(record => !needless || record.Needless > 0))
        {
            writer.WriteStartObject();
            writer.WriteString("externalId", record.ExternalId);
            writer.WriteNumber("staged", record.Acceptances.Count);
            writer.WriteNumber("needless", record.Needless);
            writer.WriteStartArray("acceptances");
            foreach (Acceptance acceptance in record.Acceptances)
            {
                writer.WriteStartObject();
                writer.WriteNumber("upload", acceptance.Upload);
                writer.WriteString("sha256", acceptance.Sha256);
                writer.WriteBoolean("answerLost", acceptance.AnswerLost);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            if (data)
            {
                writer.WritePropertyName("data");
                record.Data.WriteTo(writer);
            }

            writer.WriteEndObject();
        }
    });

    private IResult Directory() => Json(writer =>
    {
        foreach (DirectoryEntry user in users.ToEntries())
        {
            writer.WriteStartObject();
            writer.WriteString("externalId", user.ExternalId);
            writer.WriteBoolean("active", user.Active);
            writer.WriteString("manager", user.Manager);
            writer.WriteStartObject("attributes");
            foreach ((string name, string value) in user.Attributes)
            {
                writer.WriteString(name, value);
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }
    });

    private static IResult Json(Action<Utf8JsonWriter> writeItems)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("value");
            writeItems(writer);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Results.Bytes(buffer.WrittenMemory, "application/json");
    }
}
