using InboundProvisioning.Mapping;

namespace InboundProvisioning.PowerShell.Mapping.Shortcuts;

/// <summary>A part of a script block that is carried out without the engine, with the engine's own result.</summary>
internal abstract class RowNode
{
    /// <summary>The value.</summary>
    /// <exception cref="RowExpressionException">The script block fails.</exception>
    public abstract object? Evaluate(Row row);

    /// <summary>
    /// Writes the value where it is a text. Where it is none, <see cref="Evaluate"/> tells, and what was written is of no use.
    /// </summary>
    /// <exception cref="RowExpressionException">The script block fails.</exception>
    public virtual bool TryWrite(Row row, Utf8Text text) => false;
}
