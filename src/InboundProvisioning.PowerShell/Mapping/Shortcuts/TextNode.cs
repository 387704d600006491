using InboundProvisioning.Mapping;

namespace InboundProvisioning.PowerShell.Mapping.Shortcuts;

/// <summary>A text, or null.</summary>
internal abstract class TextNode : RowNode
{
    public abstract string? Read(Row row);

    public sealed override object? Evaluate(Row row) => Read(row);
}
