using System;
using InboundProvisioning.Mapping;

namespace InboundProvisioning.PowerShell.Mapping.Shortcuts;

/// <summary>A column, <c>$_.Column</c>.</summary>
internal sealed class ColumnNode : TextNode
{
    private readonly string _name;
    private int _index = -1;
    private bool _isSpelledSo;

    public ColumnNode(string name)
    {
        _name = name;
    }

    public void Bind(RowColumns columns)
    {
        _index = columns.IndexOf(_name);
        _isSpelledSo = _index >= 0 && string.Equals(columns.Names[_index], _name, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether an object has a text in a property of that very name: the engine knows no other.</summary>
    public bool IsText(Row row) => _isSpelledSo && row.GetValue(_index) is string;

    /// <summary>The text as UTF-8; false where there is none.</summary>
    public bool TryGet(Row row, out ReadOnlySpan<byte> utf8)
    {
        utf8 = default;
        return _index >= 0 && row.TryGetText(_index, out utf8);
    }

    public override string? Read(Row row) => _index < 0 ? null : (string?)row.GetValue(_index);

    public override bool TryWrite(Row row, Utf8Text text)
    {
        if (!TryGet(row, out ReadOnlySpan<byte> utf8))
        {
            return false;
        }

        text.Append(utf8);
        return true;
    }
}
