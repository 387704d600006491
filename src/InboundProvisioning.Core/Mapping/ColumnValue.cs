namespace InboundProvisioning.Mapping;

/// <summary>The value of a column, as it is.</summary>
public sealed class ColumnValue : MappingValue
{
    /// <param name="column">The name of the column; case does not matter.</param>
    public ColumnValue(string column)
    {
        Column = column;
    }

    /// <summary>The name of the column.</summary>
    public string Column { get; }
}
