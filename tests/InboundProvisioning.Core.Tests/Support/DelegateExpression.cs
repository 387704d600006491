using System;
using System.Collections.Generic;
using InboundProvisioning.Mapping;

namespace InboundProvisioning.Core.Tests.Support;

/// <summary>An expression of a mapping, in C#.</summary>
internal sealed class DelegateExpression : IRowExpression
{
    private readonly Func<Row, object?> _evaluate;

    public DelegateExpression(Func<Row, object?> evaluate, IReadOnlyCollection<string> columns)
    {
        _evaluate = evaluate;
        Columns = columns;
    }

    public IReadOnlyCollection<string> Columns { get; }

    public bool RunsScript { get; init; }

    public void Bind(RowColumns columns)
    {
    }

    public object? Evaluate(Row row) => _evaluate(row);
}
