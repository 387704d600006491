using System.Text.RegularExpressions;
using InboundProvisioning.Mapping;

namespace InboundProvisioning.PowerShell.Mapping.Shortcuts;

/// <summary><c>-replace</c> and <c>-creplace</c> with a constant pattern. Of null they make an empty text.</summary>
internal sealed class RegexReplaceNode : TextNode
{
    private readonly TextNode _target;
    private readonly Regex _pattern;
    private readonly string _replacement;

    public RegexReplaceNode(TextNode target, Regex pattern, string replacement)
    {
        _target = target;
        _pattern = pattern;
        _replacement = replacement;
    }

    public override string Read(Row row) => _pattern.Replace(_target.Read(row) ?? string.Empty, _replacement);
}
