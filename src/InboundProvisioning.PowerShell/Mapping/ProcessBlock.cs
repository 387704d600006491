using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace InboundProvisioning.PowerShell.Mapping;

/// <summary>Builds the command that runs the statements of a script block once for each object of a pipeline.</summary>
internal static class ProcessBlock
{
    private static readonly StatementAst StopOnError =
        Parser.ParseInput("$ErrorActionPreference = 'Stop'", out _, out _).EndBlock.Statements[0];

    /// <summary>
    /// <c>&amp; { process { $ErrorActionPreference = 'Stop'; statements } }</c>, where the statements keep their place in their file for
    /// error messages. All runs share one scope.
    /// </summary>
    public static ScriptBlock Create(ScriptBlockAst script)
    {
        IScriptExtent extent = script.Extent;
        StatementAst[] statements =
        [
            (StatementAst)StopOnError.Copy(),
            .. script.EndBlock.Statements.Select(static statement => (StatementAst)statement.Copy()),
        ];
        var process = new NamedBlockAst(extent, TokenKind.Process, new StatementBlockAst(extent, statements, null), unnamed: false);
        var callee = new ScriptBlockExpressionAst(extent, new ScriptBlockAst(extent, null, null, process, null, null));
        var call = new PipelineAst(extent, new CommandAst(extent, [callee], TokenKind.Ampersand, null));
        var end = new NamedBlockAst(extent, TokenKind.End, new StatementBlockAst(extent, [call], null), unnamed: true);
        return new ScriptBlockAst(extent, null, null, null, end, null).GetScriptBlock();
    }
}
