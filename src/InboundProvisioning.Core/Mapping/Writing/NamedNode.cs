using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace InboundProvisioning.Mapping.Writing;

/// <summary>A node with the name of its attribute, encoded once.</summary>
internal sealed class NamedNode
{
    public NamedNode(string name, ValueNode node)
    {
        string encoded = Encode(name);
        Name = Encoding.UTF8.GetBytes("\"" + encoded + "\":");
        CommaName = Encoding.UTF8.GetBytes(",\"" + encoded + "\":");
        Node = node;
    }

    /// <summary>The text between the quotes of a JSON string.</summary>
    public static string Encode(string name) => JsonEncodedText.Encode(name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();

    public byte[] Name { get; }

    public byte[] CommaName { get; }

    public ValueNode Node { get; }
}
