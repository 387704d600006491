using System.Collections.Generic;
using System.Linq;
using InboundProvisioning.Mapping;
using InboundProvisioning.PowerShell.Mapping.Shortcuts;

namespace InboundProvisioning.PowerShell.Mapping;

/// <summary>
/// A script block that is carried out without the engine, with the engine's own result: <see cref="ShortcutReader"/> says which. Values of
/// objects that are no text are for the engine.
/// </summary>
internal sealed class ShortcutExpression : ITextExpression
{
    private readonly RowNode _node;
    private readonly IReadOnlyCollection<ColumnNode> _columns;
    private readonly ScriptExpression _script;

    /// <param name="node">What it does.</param>
    /// <param name="columns">The columns that it reads.</param>
    /// <param name="script">The script block itself.</param>
    public ShortcutExpression(RowNode node, IReadOnlyCollection<ColumnNode> columns, ScriptExpression script)
    {
        _node = node;
        _columns = columns;
        _script = script;
    }

    public IReadOnlyCollection<string> Columns => _script.Columns;

    public bool RunsScript => false;

    public void Bind(RowColumns columns)
    {
        foreach (ColumnNode column in _columns)
        {
            column.Bind(columns);
        }

        _script.Bind(columns);
    }

    public object? Evaluate(Row row)
    {
        if (IsForEngine(row))
        {
            return _script.Evaluate(row);
        }

        _script.RequireNoSpaceDecides(row);
        return _node.Evaluate(row);
    }

    public bool TryWrite(Row row, Utf8Text text)
    {
        if (IsForEngine(row))
        {
            return false;
        }

        _script.RequireNoSpaceDecides(row);
        return _node.TryWrite(row, text);
    }

    private bool IsForEngine(Row row) => row is ObjectRow && !_columns.All(column => column.IsText(row));
}
