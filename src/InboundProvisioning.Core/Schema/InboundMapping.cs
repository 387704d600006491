namespace InboundProvisioning.Schema;

/// <summary>The way in: the inbound rule's mapping of users, with the objects that it goes from and to.</summary>
/// <param name="RuleName">The name of the rule.</param>
/// <param name="SourceDirectory">The name of the directory that the records come from.</param>
/// <param name="TargetDirectory">The name of the directory that they go to.</param>
/// <param name="Mapping">The object mapping.</param>
/// <param name="SourceObject">The definition of the source object.</param>
/// <param name="TargetObject">The definition of the target object, or null where the schema has none.</param>
internal sealed record InboundMapping(
    string RuleName, string SourceDirectory, string TargetDirectory, SchemaNode Mapping, SchemaNode SourceObject, SchemaNode? TargetObject);
