using System.Text.RegularExpressions;
using InboundProvisioning.Mapping;

namespace InboundProvisioning.PowerShell.Mapping.Shortcuts;

/// <summary><c>-match</c> and <c>-cmatch</c> with a constant pattern, where nobody asks for <c>$Matches</c>. Null is an empty text.</summary>
internal sealed class MatchNode : ConditionNode
{
    private readonly TextNode _text;
    private readonly Regex _pattern;

    public MatchNode(TextNode text, Regex pattern)
    {
        _text = text;
        _pattern = pattern;
    }

    public override bool Test(Row row) => _pattern.IsMatch(_text.Read(row) ?? string.Empty);
}
