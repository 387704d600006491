using InboundProvisioning.Mapping;

namespace InboundProvisioning.PowerShell.Mapping.Shortcuts;

/// <summary>A text that is the same for each row.</summary>
internal sealed class ConstantTextNode : TextNode
{
    private readonly byte[]? _utf8;

    public ConstantTextNode(string text)
    {
        Text = text;
        _utf8 = Encode(text);
    }

    public string Text { get; }

    public override string Read(Row row) => Text;

    public override bool TryWrite(Row row, Utf8Text text)
    {
        if (_utf8 is null)
        {
            return false;
        }

        text.Append(_utf8);
        return true;
    }
}
