using System;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using InboundProvisioning.Mapping;

namespace InboundProvisioning.PowerShell.Mapping;

/// <summary>
/// <c>$_.Column -eq 'text'</c> and its kin (-ne, -ceq, -cne, sides exchanged) without the engine. PowerShell compares text by the
/// invariant culture, to which some characters weigh nothing; printable ASCII is compared byte by byte, which comes to the same,
/// and any other text by the comparison that the engine itself uses.
/// </summary>
internal sealed class ComparisonExpression : IRowExpression
{
    private static readonly object True = true;
    private static readonly object False = false;

    private readonly string _column;
    private readonly string _text;
    private readonly byte[]? _printable;
    private readonly bool _isEqual;
    private readonly bool _ignoresCase;
    private readonly ScriptExpression _script;
    private int _index;

    /// <param name="column">The column.</param>
    /// <param name="text">What it is compared with.</param>
    /// <param name="isEqual">Whether equality gives true (-eq), or inequality (-ne).</param>
    /// <param name="ignoresCase">Whether case does not matter.</param>
    /// <param name="script">The script block itself, for values that are not text.</param>
    public ComparisonExpression(string column, string text, bool isEqual, bool ignoresCase, ScriptExpression script)
    {
        _column = column;
        _text = text;
        _isEqual = isEqual;
        _ignoresCase = ignoresCase;
        _script = script;
        _printable = Printable(text);
    }

    public IReadOnlyCollection<string> Columns => [_column];

    public bool RunsScript => false;

    public void Bind(RowColumns columns)
    {
        _index = columns.IndexOf(_column);
        _script.Bind(columns);
    }

    public object? Evaluate(Row row)
    {
        if (_index < 0)
        {
            return row is ObjectRow ? _script.Evaluate(row) : Answer(LanguagePrimitives.Equals(null, _text, _ignoresCase, CultureInfo.InvariantCulture));
        }

        if (row.TryGetText(_index, out ReadOnlySpan<byte> utf8))
        {
            if (SurroundingSpace.IsAround(utf8))
            {
                _script.RequireNoSpaceDecides(row);
            }

            if (_printable is not null && IsPrintable(utf8))
            {
                return Answer(_ignoresCase ? EqualsIgnoreCase(utf8, _printable) : utf8.SequenceEqual(_printable));
            }
        }
        else if (row is ObjectRow)
        {
            // A number, an array, DBNull: the engine has rules of its own for each.
            return _script.Evaluate(row);
        }

        return Answer(LanguagePrimitives.Equals(row.GetValue(_index), _text, _ignoresCase, CultureInfo.InvariantCulture));
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

    private object Answer(bool equal) => equal == _isEqual ? True : False;
}
