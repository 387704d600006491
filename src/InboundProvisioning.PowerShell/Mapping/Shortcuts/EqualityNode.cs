using System;
using System.Globalization;
using System.Management.Automation;
using InboundProvisioning.Mapping;

namespace InboundProvisioning.PowerShell.Mapping.Shortcuts;

/// <summary>
/// <c>-eq</c>, <c>-in</c> and their kin: whether a text is one of some others. PowerShell compares texts by the invariant culture, to which some
/// characters weigh nothing; printable ASCII is compared byte by byte, which comes to the same, and any other text by the comparison that the
/// engine itself uses.
/// </summary>
internal sealed class EqualityNode : ConditionNode
{
    private readonly TextNode _text;
    private readonly TextNode[] _others;
    private readonly byte[][]? _printable;
    private readonly bool _ignoresCase;

    /// <param name="text">The text.</param>
    /// <param name="others">The others.</param>
    /// <param name="ignoresCase">Whether case does not matter.</param>
    public EqualityNode(TextNode text, TextNode[] others, bool ignoresCase)
    {
        _text = text;
        _others = others;
        _ignoresCase = ignoresCase;
        byte[]?[] printable = Array.ConvertAll(others, static other => other is ConstantTextNode constant ? Printable(constant.Text) : null);
        _printable = text is ColumnNode && Array.TrueForAll(printable, static one => one is not null) ? Array.ConvertAll(printable, static one => one!) : null;
    }

    public override bool Test(Row row)
    {
        if (_printable is not null && ((ColumnNode)_text).TryGet(row, out ReadOnlySpan<byte> utf8) && IsPrintable(utf8))
        {
            foreach (byte[] other in _printable)
            {
                if (_ignoresCase ? EqualsIgnoreCase(utf8, other) : utf8.SequenceEqual(other))
                {
                    return true;
                }
            }

            return false;
        }

        string? text = _text.Read(row);
        foreach (TextNode other in _others)
        {
            if (LanguagePrimitives.Equals(text, other.Read(row), _ignoresCase, CultureInfo.InvariantCulture))
            {
                return true;
            }
        }

        return false;
    }

    private static byte[]? Printable(string text)
    {
        byte[] bytes = new byte[text.Length];
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] is < ' ' or > '~')
            {
                return null;
            }

            bytes[i] = (byte)text[i];
        }

        return bytes;
    }

    private static bool IsPrintable(ReadOnlySpan<byte> text)
    {
        foreach (byte one in text)
        {
            if (one is < (byte)' ' or > (byte)'~')
            {
                return false;
            }
        }

        return true;
    }

    private static bool EqualsIgnoreCase(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        if (one.Length != other.Length)
        {
            return false;
        }

        for (int i = 0; i < one.Length; i++)
        {
            if (Lower(one[i]) != Lower(other[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static int Lower(byte letter) => letter is >= (byte)'A' and <= (byte)'Z' ? letter | 0x20 : letter;
}
