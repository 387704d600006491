namespace InboundProvisioning.Mapping;

/// <summary>An expression whose value is a text for most rows, and can be written as UTF-8 without being made a string first.</summary>
public interface ITextExpression : IRowExpression
{
    /// <summary>Writes the text.</summary>
    /// <param name="row">The row.</param>
    /// <param name="text">Where to.</param>
    /// <returns>Whether that was done. Where not, <see cref="IRowExpression.Evaluate"/> tells the value, and what was written is of no use.</returns>
    /// <exception cref="RowExpressionException">The row is rejected.</exception>
    bool TryWrite(Row row, Utf8Text text);
}
