using System;
using InboundProvisioning.Mapping;

namespace InboundProvisioning.PowerShell.Mapping.Shortcuts;

/// <summary><c>[bool]::Parse($_.Column)</c>.</summary>
internal sealed class BooleanParseNode : ConditionNode
{
    private readonly TextNode _text;
    private readonly EngineCall _call;

    public BooleanParseNode(TextNode text, EngineCall call)
    {
        _text = text;
        _call = call;
    }

    public override bool Test(Row row)
    {
        if (_text is ColumnNode column && column.TryGet(row, out ReadOnlySpan<byte> utf8))
        {
            if (utf8.SequenceEqual("True"u8) || utf8.SequenceEqual("true"u8))
            {
                return true;
            }

            if (utf8.SequenceEqual("False"u8) || utf8.SequenceEqual("false"u8))
            {
                return false;
            }
        }

        return _call.With(_text.Read(row), bool.Parse);
    }
}
