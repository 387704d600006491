namespace InboundProvisioning.Schema;

/// <summary>A property of an object in a JSON text.</summary>
/// <param name="NameStart">Where its name's opening quote is.</param>
/// <param name="NameEnd">After its name's closing quote.</param>
/// <param name="Value">Its value.</param>
internal readonly record struct SchemaProperty(int NameStart, int NameEnd, SchemaNode Value);
