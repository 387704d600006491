namespace InboundProvisioning.Emulator.Schema;

/// <summary>One attribute mapping: https://learn.microsoft.com/graph/api/resources/synchronization-attributemapping</summary>
/// <param name="Target">The target attribute.</param>
/// <param name="Source">Where its value comes from.</param>
/// <param name="Default">The value of a new object when the source gives none.</param>
/// <param name="MatchingPriority">Above 0 when it finds the target object; the lowest first.</param>
/// <param name="OnlyOnCreation">Whether it leaves objects alone that are there already.</param>
/// <param name="FlowNullValues">Whether a source without a value may clear the target: the second of the two switches.</param>
internal sealed record AttributeFlow(
    string Target, FlowExpression Source, string? Default, int MatchingPriority, bool OnlyOnCreation, bool FlowNullValues);
