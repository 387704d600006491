using System.Text.Json.Serialization;

namespace InboundProvisioning.State;

/// <summary>What a state keeps as JSON.</summary>
[JsonSerializable(typeof(StateHolder))]
[JsonSerializable(typeof(StateIdentity))]
internal sealed partial class StateJson : JsonSerializerContext;
