using System;
using System.Collections.Generic;
using InboundProvisioning.Mapping;

namespace InboundProvisioning.PowerShell.Mapping;

/// <summary>A column that a <see cref="ColumnComparison"/> reads, or a value inside that of a column.</summary>
internal sealed class ComparedColumn
{
    private readonly string _column;
    private readonly IReadOnlyList<object> _steps;
    private int _index = -1;

    /// <param name="column">The column.</param>
    public ComparedColumn(string column)
        : this(column, column, [])
    {
    }

    private ComparedColumn(string name, string column, IReadOnlyList<object> steps)
    {
        Name = name;
        _column = column;
        _steps = steps;
    }

    /// <summary>The name, such as <c>Status</c> or <c>work.mails[0]</c>.</summary>
    public string Name { get; }

    /// <summary>What is inside of the value.</summary>
    /// <param name="step">The name of a property or key, or the number of an element.</param>
    public ComparedColumn Inside(object step) => new(step is string ? $"{Name}.{step}" : $"{Name}[{step}]", _column, [.. _steps, step]);

    public void Bind(RowColumns columns) => _index = columns.IndexOf(_column);

    /// <summary>Whether the row has a text with white space around it there.</summary>
    public bool HasSpaceAround(Row row) => _steps.Count > 0
        ? Text(row) is string text && SurroundingSpace.IsAround(text)
        : _index >= 0 && row.TryGetText(_index, out ReadOnlySpan<byte> utf8) && SurroundingSpace.IsAround(utf8);

    /// <summary>The text in the row, or null.</summary>
    public string? Text(Row row)
    {
        if (_steps.Count > 0)
        {
            // The fields of files are texts: there is nothing inside.
            return (row as ObjectRow)?.GetNested(_column, _steps) as string;
        }

        return _index < 0 ? null : row.GetValue(_index) as string;
    }
}
