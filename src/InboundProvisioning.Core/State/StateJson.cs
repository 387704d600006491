using System.Text.Json.Serialization;

namespace InboundProvisioning.State;

/// <summary>What a state keeps as JSON.</summary>
[JsonSerializable(typeof(StateHolder))]
internal sealed partial class StateJson : JsonSerializerContext;
