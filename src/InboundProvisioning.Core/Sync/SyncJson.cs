using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using InboundProvisioning.State;

namespace InboundProvisioning.Sync;

/// <summary>What runs and plans are kept as.</summary>
[JsonSerializable(typeof(MappingPending))]
[JsonSerializable(typeof(RunSummary))]
[JsonSerializable(typeof(PlanHeader))]
[JsonSerializable(typeof(PlanLine))]
internal sealed partial class SyncJson : JsonSerializerContext
{
    /// <summary>As the module writes records, so that they come back byte for byte.</summary>
    public static SyncJson OfRecords { get; } = new(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
