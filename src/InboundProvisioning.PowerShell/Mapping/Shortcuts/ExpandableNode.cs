using System.Text;
using InboundProvisioning.Mapping;

namespace InboundProvisioning.PowerShell.Mapping.Shortcuts;

/// <summary>An expandable string, <c>"$($_.Column) and text"</c>, in which null is nothing.</summary>
internal sealed class ExpandableNode : TextNode
{
    private readonly TextNode[] _parts;

    public ExpandableNode(TextNode[] parts)
    {
        _parts = parts;
    }

    public override string Read(Row row)
    {
        var text = new StringBuilder();
        foreach (TextNode part in _parts)
        {
            text.Append(part.Read(row));
        }

        return text.ToString();
    }

    public override bool TryWrite(Row row, Utf8Text text)
    {
        foreach (TextNode part in _parts)
        {
            if (!part.TryWrite(row, text))
            {
                return false;
            }
        }

        return true;
    }
}
