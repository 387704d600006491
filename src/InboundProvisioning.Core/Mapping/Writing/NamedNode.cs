using System.Text.Json;

namespace InboundProvisioning.Mapping.Writing;

/// <summary>A node with the name of its attribute, encoded once.</summary>
internal sealed class NamedNode
{
    public NamedNode(string name, ValueNode node)
    {
        string encoded = JsonEncodedText.Encode(name, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();
        Name = System.Text.Encoding.UTF8.GetBytes("\"" + encoded + "\":");
        CommaName = System.Text.Encoding.UTF8.GetBytes(",\"" + encoded + "\":");
        Node = node;
    }

    public byte[] Name { get; }

    public byte[] CommaName { get; }

    public ValueNode Node { get; }
}
