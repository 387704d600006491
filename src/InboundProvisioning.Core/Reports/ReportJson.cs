using System.Text.Json.Serialization;

namespace InboundProvisioning.Reports;

/// <summary>What a report is as JSON.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ReportFacts))]
internal sealed partial class ReportJson : JsonSerializerContext;
