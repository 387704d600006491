using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Language;
using InboundProvisioning.Mapping;
using InboundProvisioning.PowerShell.Mapping.Shortcuts;

namespace InboundProvisioning.PowerShell.Mapping;

/// <summary>
/// A script block that the engine runs for each row, in the caller's session state and on the pipeline thread. A simple one runs as
/// the process block of one steppable pipeline, which costs a fraction of an invocation; one that could carry something over from
/// one row to the next is invoked anew each time, in a scope of its own. Any error in it, also one that PowerShell would only
/// print, is a fault of the row: an attribute must not be cleared because a look-up failed.
/// </summary>
internal sealed class ScriptExpression : IRowExpression, IDisposable
{
    private readonly ScriptBlock _script;
    private readonly ScriptContext _context;
    private readonly ScriptAnalysis _analysis;
    private readonly IReadOnlyList<ColumnComparison> _comparisons;
    private readonly bool _isStepped;
    private ScriptBlock? _invoked;
    private SteppablePipeline? _pipeline;

    public ScriptExpression(ScriptBlock script, ScriptContext context)
    {
        _script = script;
        _context = context;
        _analysis = ScriptAnalysis.Of((ScriptBlockAst)script.Ast);
        _comparisons = ColumnComparison.FindAll((ScriptBlockAst)script.Ast);

        // A script block of the session, in a mapping that a module's function passes on, would be stepped in that module.
        bool belongsElsewhere = script.Module is null && context.Module is not null;
        _isStepped = _analysis.IsSimple && !belongsElsewhere;
        _invoked = belongsElsewhere || _analysis.IsPlain ? script : null;
        context.Add(this);
    }

    public IReadOnlyCollection<string> Columns => _analysis.Columns;

    public bool RunsScript => true;

    /// <summary>Whether the script block can see no more of the row than <see cref="Columns"/>.</summary>
    public bool SeesOnlyItsColumns => _analysis.IsSimple;

    /// <summary>Whether the script block reads the row by index, <c>$_[...]</c>.</summary>
    public bool IndexesRow => _analysis.IndexesRow;

    public void Bind(RowColumns columns)
    {
        foreach (ColumnComparison comparison in _comparisons)
        {
            comparison.Bind(columns);
        }
    }

    /// <summary>Looks whether white space around a value decides a comparison that can be seen in the script block.</summary>
    /// <exception cref="RowExpressionException">It does.</exception>
    public void RequireNoSpaceDecides(Row row)
    {
        foreach (ColumnComparison comparison in _comparisons)
        {
            comparison.RequireNoSpaceDecides(row);
        }
    }

    public object? Evaluate(Row row)
    {
        RequireNoSpaceDecides(row);
        try
        {
            PSObject rowObject = _context.RowObject(row);
            if (IndexesRow && rowObject.BaseObject is PSCustomObject)
            {
                // PowerShell answers null there, and says nothing.
                throw new RowExpressionException(
                    "ScriptBlockFailed", "The script block reads $_[...], which gives nothing for rows of files and for custom objects. Write $_.Column, or $_.'A column' with blanks.");
            }

            object? result = _isStepped ? Step(rowObject) : Invoke(_invoked ??= BindInvoked(), rowObject);
            if (!_isStepped)
            {
                _context.ForgetRowObject();
            }

            while (PowerShellValue.Unwrap(result) is ScriptBlock inner)
            {
                result = Invoke(inner, rowObject);
            }

            return result;
        }
        catch (FlowControlException exception) when (exception.GetType().Name != "TerminateException")
        {
            Dispose();
            throw new RowExpressionException("break, continue and exit have no meaning in a script block of a mapping.", exception);
        }
        catch (RuntimeException exception) when (exception is not PipelineStoppedException)
        {
            Dispose();

            // Of an error that our preference made to stop, the error itself says more.
            ErrorRecord error = exception.ErrorRecord;
            throw Failed(exception is ActionPreferenceStopException ? error.Exception.Message : exception.Message, error, exception);
        }
        catch (PSInvalidOperationException exception)
        {
            throw new RowExpressionException(exception.Message, exception);
        }
    }

    public void Dispose()
    {
        // A pipeline that failed cannot be ended, only dropped; the next row gets a new one.
        _pipeline?.Dispose();
        _pipeline = null;
    }

    private static RowExpressionException Failed(string message, ErrorRecord? error, Exception exception) =>
        StatementFault.At(error?.InvocationInfo?.ScriptLineNumber ?? 0, message, exception);

    private static object? Invoke(ScriptBlock script, PSObject rowObject)
    {
        // A new list each time: the engine takes $_ out of the one that it is given.
        var variables = new List<PSVariable> { new("_", rowObject), new("ErrorActionPreference", ActionPreference.Stop) };
        Collection<PSObject> results = script.InvokeWithContext(null, variables);
        foreach (PSObject? result in results)
        {
            if (result?.BaseObject is ErrorRecord error)
            {
                throw Failed(error.Exception.Message, error, error.Exception);
            }
        }

        return results.Count switch
        {
            0 => null,
            1 => results[0],
            _ => results,
        };
    }

    private ScriptBlock BindInvoked() => Bind(InvokedBlock.Create((ScriptBlockAst)_script.Ast));

    private ScriptBlock Bind(ScriptBlock block) => _script.Module is { } module ? module.NewBoundScriptBlock(block) : block;

    private object? Step(PSObject rowObject)
    {
        if (_pipeline is null)
        {
            _pipeline = Bind(ProcessBlock.Create((ScriptBlockAst)_script.Ast)).GetSteppablePipeline();
            _pipeline.Begin(true);
        }

        Array results = _pipeline.Process(rowObject);
        return results.Length switch
        {
            0 => null,
            1 => results.GetValue(0),
            _ => results,
        };
    }
}
