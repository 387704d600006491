namespace InboundProvisioning.Mapping;

/// <summary>The same value for every row.</summary>
public sealed class ConstantValue : MappingValue
{
    /// <param name="value">Null, a string, a Boolean, a number or a date.</param>
    public ConstantValue(object? value)
    {
        Value = value;
    }

    /// <summary>The value.</summary>
    public object? Value { get; }
}
