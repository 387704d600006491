namespace InboundProvisioning.Mapping;

/// <summary>A value computed from the row.</summary>
public sealed class ExpressionValue : MappingValue
{
    /// <param name="expression">What computes it.</param>
    /// <param name="shape">What kind of value it gives.</param>
    public ExpressionValue(IRowExpression expression, ValueShape shape = ValueShape.Unknown)
    {
        Expression = expression;
        Shape = shape;
    }

    /// <summary>What computes the value.</summary>
    public IRowExpression Expression { get; }

    /// <summary>What kind of value it gives.</summary>
    public ValueShape Shape { get; }

    /// <summary>The expression as its author wrote it.</summary>
    public string Text { get; init; } = string.Empty;
}
