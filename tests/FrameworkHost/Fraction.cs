using System.Collections.Generic;
using InboundProvisioning.Mapping;

namespace InboundProvisioning.FrameworkHost;

/// <summary>An expression that gives a third, as a script block could.</summary>
internal sealed class Fraction : IRowExpression
{
    public IReadOnlyCollection<string> Columns => [];

    public bool RunsScript => false;

    public void Bind(RowColumns columns)
    {
    }

    public object? Evaluate(Row row) => 1.0 / 3;
}
