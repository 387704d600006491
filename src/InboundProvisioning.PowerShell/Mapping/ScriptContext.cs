using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using InboundProvisioning.Mapping;

namespace InboundProvisioning.PowerShell.Mapping;

/// <summary>
/// What the script blocks of one run share: the session state of the caller, and the object that is <c>$_</c> for the current row,
/// made once a row.
/// </summary>
internal sealed class ScriptContext : IDisposable
{
    private readonly List<ScriptExpression> _scripts = [];
    private PSObject? _rowObject;
    private long _rowNumber = -1;
    private RowColumns? _boundColumns;
    private int[]? _visibleColumns;
    private string[]? _missingColumns;
    private (string Name, int Column)[]? _otherNames;
    private string[]? _scriptColumns;

    /// <param name="module">The module from which the cmdlet was called, or null when it was called from the session itself.</param>
    public ScriptContext(PSModuleInfo? module)
    {
        Module = module;
    }

    public PSModuleInfo? Module { get; }

    private string[] ScriptColumns =>
        _scriptColumns ??= [.. _scripts.SelectMany(script => script.Columns).Distinct(StringComparer.OrdinalIgnoreCase)];

    public void Add(ScriptExpression script) => _scripts.Add(script);

    /// <summary>Has the next script block get an object of its own: the one before may have changed this one.</summary>
    public void ForgetRowObject() => _rowObject = null;

    /// <summary>The current row as script blocks see it: an input object itself, or an object with the columns as text.</summary>
    /// <exception cref="RowExpressionException">An input object lacks a column that a script block names.</exception>
    public PSObject RowObject(Row row)
    {
        if (row is ObjectRow inputObject)
        {
            if (_rowNumber != row.Number)
            {
                inputObject.Require(ScriptColumns);
                _rowNumber = row.Number;
            }

            return inputObject.ScriptObject;
        }

        if (_rowObject is null || _rowNumber != row.Number)
        {
            _rowObject = Create(row);
            _rowNumber = row.Number;
        }

        return _rowObject;
    }

    public void Dispose()
    {
        foreach (ScriptExpression script in _scripts)
        {
            script.Dispose();
        }
    }

    private PSObject Create(Row row)
    {
        if (!ReferenceEquals(_boundColumns, row.Columns))
        {
            _boundColumns = row.Columns;
            _visibleColumns = VisibleColumns(row.Columns);
            _missingColumns = [.. ScriptColumns.Where(column => row.Columns.IndexOf(column) < 0)];

            _otherNames = OtherNames(row.Columns);
        }

        var rowObject = new PSObject();
        PSMemberInfoCollection<PSPropertyInfo> properties = rowObject.Properties;
        foreach (int column in _visibleColumns!)
        {
            properties.Add(new PSNoteProperty(row.Columns.Names[column], row.GetValue(column)), preValidated: true);
        }

        foreach ((string name, int column) in _otherNames!)
        {
            properties.Add(new PSNoteProperty(name, row.GetValue(column)), preValidated: true);
        }

        foreach (string column in _missingColumns!)
        {
            properties.Add(new PSNoteProperty(column, null), preValidated: true);
        }

        return rowObject;
    }

    // A script block that writes a no-break space, as the header has it, finds the column under that name too.
    private (string Name, int Column)[] OtherNames(RowColumns columns)
    {
        IEnumerable<string> spelled = _scripts.TrueForAll(static script => script.SeesOnlyItsColumns) ? [] : columns.Spelled;
        return
        [
            .. ScriptColumns.Concat(spelled)
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .Select(name => (Name: name, Column: columns.IndexOf(name)))
                .Where(other => other.Column >= 0 && !string.Equals(other.Name, columns.Names[other.Column], StringComparison.OrdinalIgnoreCase)),
        ];
    }

    // All columns, unless every script block is one that can see only those that it names.
    private int[] VisibleColumns(RowColumns columns)
    {
        var visible = new SortedSet<int>();
        foreach (ScriptExpression script in _scripts)
        {
            if (!script.SeesOnlyItsColumns)
            {
                int[] all = new int[columns.Names.Count];
                for (int i = 0; i < all.Length; i++)
                {
                    all[i] = i;
                }

                return all;
            }

            foreach (string column in script.Columns)
            {
                if (columns.IndexOf(column) is >= 0 and int index)
                {
                    visible.Add(index);
                }
            }
        }

        return [.. visible];
    }
}
