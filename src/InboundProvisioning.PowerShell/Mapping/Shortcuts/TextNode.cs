using System.Text;
using InboundProvisioning.Mapping;

namespace InboundProvisioning.PowerShell.Mapping.Shortcuts;

/// <summary>A text, or null.</summary>
internal abstract class TextNode : RowNode
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public abstract string? Read(Row row);

    public sealed override object? Evaluate(Row row) => Read(row);

    public override bool TryWrite(Row row, Utf8Text text)
    {
        if (Read(row) is not { } value || Encode(value) is not { } utf8)
        {
            return false;
        }

        text.Append(utf8);
        return true;
    }

    /// <summary>The bytes of a text; null where it has half of a surrogate pair, which has none.</summary>
    private protected static byte[]? Encode(string text)
    {
        try
        {
            return Strict.GetBytes(text);
        }
        catch (EncoderFallbackException)
        {
            return null;
        }
    }
}
