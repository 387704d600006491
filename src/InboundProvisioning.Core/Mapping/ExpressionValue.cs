namespace InboundProvisioning.Mapping;

/// <summary>A value computed from the row.</summary>
public sealed class ExpressionValue : MappingValue
{
    /// <param name="expression">What computes it.</param>
    public ExpressionValue(IRowExpression expression)
    {
        Expression = expression;
    }

    /// <summary>What computes the value.</summary>
    public IRowExpression Expression { get; }
}
