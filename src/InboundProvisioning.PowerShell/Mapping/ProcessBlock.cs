using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace InboundProvisioning.PowerShell.Mapping;

/// <summary>Builds the command that runs a script block once for each object of a pipeline.</summary>
internal static class ProcessBlock
{
    private static readonly StatementAst StopOnError =
        Parser.ParseInput("$ErrorActionPreference = 'Stop'", out _, out _).EndBlock.Statements[0];

    /// <summary>
    /// <c>&amp; { process { $ErrorActionPreference = 'Stop'; try { script } catch { throw } } }</c>, where the script keeps its place in its
    /// file for error messages. In a try block, an error of a statement does not let the next statement run.
    /// </summary>
    /// <param name="script">The script block.</param>
    /// <param name="ownScope">Whether each run gets a scope of its own, <c>&amp; { script }</c>.</param>
    public static ScriptBlock Create(ScriptBlockAst script, bool ownScope)
    {
        IScriptExtent extent = script.Extent;
        StatementAst[] body = ownScope
            ? [Call((ScriptBlockAst)script.Copy())]
            : [.. script.EndBlock.Statements.Select(statement => (StatementAst)statement.Copy())];
        var rethrow = new CatchClauseAst(extent, null, new StatementBlockAst(extent, [new ThrowStatementAst(extent, null)], null));
        var attempt = new TryStatementAst(extent, new StatementBlockAst(extent, body, null), [rethrow], null);
        var process = new NamedBlockAst(
            extent,
            TokenKind.Process,
            new StatementBlockAst(extent, [(StatementAst)StopOnError.Copy(), attempt], null),
            unnamed: false);
        var command = new ScriptBlockAst(extent, null, null, process, null, null);
        var pipeline = new NamedBlockAst(extent, TokenKind.End, new StatementBlockAst(extent, [Call(command)], null), unnamed: true);
        return new ScriptBlockAst(extent, null, null, null, pipeline, null).GetScriptBlock();
    }

    private static PipelineAst Call(ScriptBlockAst script)
    {
        var callee = new ScriptBlockExpressionAst(script.Extent, script);
        return new PipelineAst(script.Extent, new CommandAst(script.Extent, [callee], TokenKind.Ampersand, null));
    }
}
