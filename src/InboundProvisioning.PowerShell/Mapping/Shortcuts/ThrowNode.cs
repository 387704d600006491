using System.Management.Automation;
using InboundProvisioning.Mapping;

namespace InboundProvisioning.PowerShell.Mapping.Shortcuts;

/// <summary><c>throw</c> with a text.</summary>
internal sealed class ThrowNode : RowNode
{
    private readonly TextNode _message;
    private readonly int _line;

    public ThrowNode(TextNode message, int line)
    {
        _message = message;
        _line = line;
    }

    public override object Evaluate(Row row)
    {
        var exception = new RuntimeException(_message.Read(row));
        throw StatementFault.At(_line, exception.Message, exception);
    }
}
