using System.Text;
using InboundProvisioning.Mapping;

namespace InboundProvisioning.PowerShell.Mapping.Shortcuts;

/// <summary>A text that is the same for each row.</summary>
internal sealed class ConstantTextNode : TextNode
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly byte[]? _utf8;

    public ConstantTextNode(string text)
    {
        Text = text;
        try
        {
            _utf8 = Strict.GetBytes(text);
        }
        catch (EncoderFallbackException)
        {
            // Half of a surrogate pair has no bytes.
        }
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
