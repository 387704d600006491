using System.Collections.Generic;

namespace InboundProvisioning.Mapping;

/// <summary>Computes a value from a row.</summary>
public interface IRowExpression
{
    /// <summary>The columns that the expression is known to read; case does not matter.</summary>
    IReadOnlyCollection<string> Columns { get; }

    /// <summary>
    /// Whether a row of a CSV file can be evaluated on the pipeline thread only, because a script has to run. Where not, it is evaluated on any
    /// thread, and several rows at a time.
    /// </summary>
    bool RunsScript { get; }

    /// <summary>Tells the expression the columns of the rows to come; called again when they change.</summary>
    void Bind(RowColumns columns);

    /// <summary>Computes the value: null, a string, Boolean, number or date, a dictionary or object, or an enumerable of these.</summary>
    /// <exception cref="RowExpressionException">The expression failed; the row is rejected.</exception>
    object? Evaluate(Row row);
}
