using System;
using InboundProvisioning.Mapping;

namespace InboundProvisioning.PowerShell.Mapping.Shortcuts;

/// <summary>Whether a text has a character, or one that is no white space.</summary>
internal sealed class NotEmptyNode : ConditionNode
{
    private readonly TextNode _text;
    private readonly bool _ignoresSpace;

    public NotEmptyNode(TextNode text, bool ignoresSpace)
    {
        _text = text;
        _ignoresSpace = ignoresSpace;
    }

    public override bool Test(Row row)
    {
        if (!_ignoresSpace && _text is ColumnNode column && column.TryGet(row, out ReadOnlySpan<byte> utf8))
        {
            return !utf8.IsEmpty;
        }

        string? text = _text.Read(row);
        return _ignoresSpace ? !string.IsNullOrWhiteSpace(text) : !string.IsNullOrEmpty(text);
    }
}
