using InboundProvisioning.Mapping;

namespace InboundProvisioning.PowerShell.Mapping.Shortcuts;

/// <summary>Two texts with + between them: <c>$null + 'x'</c> is <c>'x'</c>, and <c>$null + $null</c> is null.</summary>
internal sealed class SumNode : TextNode
{
    private readonly TextNode _left;
    private readonly TextNode _right;

    public SumNode(TextNode left, TextNode right)
    {
        _left = left;
        _right = right;
    }

    public override string? Read(Row row)
    {
        string? left = _left.Read(row);
        string? right = _right.Read(row);
        return left is null ? right : right is null ? left : left + right;
    }

    public override bool TryWrite(Row row, Utf8Text text) => _left.TryWrite(row, text) && _right.TryWrite(row, text);
}
