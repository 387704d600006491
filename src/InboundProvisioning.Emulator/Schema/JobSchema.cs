using System;
using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Threading;

namespace InboundProvisioning.Emulator.Schema;

/// <summary>
/// The schema of one job. It goes out as it came in, with numbers and order kept and properties that nobody knows, apart from <c>id</c>,
/// <c>version</c> and <c>@odata.context</c>. Safe for use by several threads.
/// </summary>
internal sealed class JobSchema
{
    private readonly Lock _lock = new();
    private readonly string _id;
    private JsonElement _body;
    private string _version;
    private InboundRule? _rule;

    /// <param name="id">The id, that of the job.</param>
    /// <param name="body">The content.</param>
    /// <param name="version">The version it had, or null for a new one.</param>
    public JobSchema(string id, JsonElement body, string? version = null)
    {
        _id = id;
        _body = body;
        _version = version ?? NewVersion();
        _rule = InboundRule.Of(body);
    }

    /// <summary>What the job does by it now.</summary>
    public InboundRule? Rule
    {
        get
        {
            lock (_lock)
            {
                return _rule;
            }
        }
    }

    /// <summary>The schema of a new job.</summary>
    public static JobSchema Default(string jobId, string templateId) => new(jobId, JsonElement.Parse(DefaultSchema.For(templateId).ToJsonString()));

    /// <param name="jobId">The job's id.</param>
    /// <param name="kept">What <see cref="ToJson"/> gave.</param>
    public static JobSchema Load(string jobId, JsonElement kept) => new(jobId, kept, SchemaJson.Text(kept, "version"));

    /// <summary>The content with the properties of another object in place of its own.</summary>
    public JsonElement With(JsonElement changes)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            lock (_lock)
            {
                foreach (JsonProperty property in _body.EnumerateObject())
                {
                    if (!changes.TryGetProperty(property.Name, out _))
                    {
                        property.WriteTo(writer);
                    }
                }
            }

            foreach (JsonProperty property in changes.EnumerateObject())
            {
                property.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }

    /// <summary>Replaces all of it. The version changes.</summary>
    public void Replace(JsonElement body)
    {
        InboundRule? rule = InboundRule.Of(body);
        lock (_lock)
        {
            _body = body;
            _rule = rule;
            _version = NewVersion();
        }
    }

    /// <summary>What Graph answers.</summary>
    /// <param name="context">The address for <c>@odata.context</c>, or null for none.</param>
    public ReadOnlyMemory<byte> ToJson(string? context)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            lock (_lock)
            {
                writer.WriteStartObject();
                if (context is not null)
                {
                    writer.WriteString("@odata.context", context);
                }

                writer.WriteString("id", _id);
                writer.WriteString("version", _version);
                foreach (JsonProperty property in _body.EnumerateObject())
                {
                    if (property.Name is not ("id" or "version") && !property.Name.StartsWith("@odata.", StringComparison.Ordinal))
                    {
                        property.WriteTo(writer);
                    }
                }

                writer.WriteEndObject();
            }
        }

        return buffer.WrittenMemory;
    }

    private static string NewVersion() => Guid.NewGuid().ToString();
}
