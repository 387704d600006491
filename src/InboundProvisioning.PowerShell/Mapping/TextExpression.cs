using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using InboundProvisioning.Mapping;

namespace InboundProvisioning.PowerShell.Mapping;

/// <summary>
/// Texts put together of columns and constants, and a few methods of theirs, without the engine, with the engine's own result:
/// <see cref="TextExpressionReader"/> says which. Values of objects that are no text are for the engine.
/// </summary>
internal sealed class TextExpression : IRowExpression
{
    private readonly IReadOnlyList<TextColumn> _columns;
    private readonly Func<Row, object?> _evaluate;
    private readonly ScriptExpression _script;
    private readonly int _line;

    /// <param name="columns">The columns that it reads.</param>
    /// <param name="evaluate">Computes the value.</param>
    /// <param name="line">The line of the script block, for messages.</param>
    /// <param name="script">The script block itself.</param>
    public TextExpression(IReadOnlyList<TextColumn> columns, Func<Row, object?> evaluate, int line, ScriptExpression script)
    {
        _columns = columns;
        _evaluate = evaluate;
        _line = line;
        _script = script;
    }

    public IReadOnlyCollection<string> Columns => _script.Columns;

    public bool RunsScript => false;

    public void Bind(RowColumns columns)
    {
        foreach (TextColumn column in _columns)
        {
            column.Bind(columns);
        }

        _script.Bind(columns);
    }

    public object? Evaluate(Row row)
    {
        if (row is ObjectRow && !_columns.All(column => column.IsText(row)))
        {
            return _script.Evaluate(row);
        }

        try
        {
            return _evaluate(row);
        }
        catch (RuntimeException exception)
        {
            throw new RowExpressionException($"{exception.Message.TrimEnd('.')} (line {_line} of the script).", exception);
        }
    }
}
