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
    /// <c>&amp; { begin { $ErrorActionPreference = 'Stop' } process { statements } }</c>, where the statements keep their place in their
    /// file for error messages. All runs share one scope.
    /// </summary>
    public static ScriptBlock Create(ScriptBlockAst script)
    {
        IScriptExtent extent = script.Extent;
        NamedBlockAst begin = Block(extent, TokenKind.Begin, [(StatementAst)StopOnError.Copy()]);
        NamedBlockAst process = Block(
            extent, TokenKind.Process, [.. script.EndBlock.Statements.Select(static statement => (StatementAst)statement.Copy())]);
        var callee = new ScriptBlockExpressionAst(extent, new ScriptBlockAst(extent, null, begin, process, null, null));
        var call = new PipelineAst(extent, new CommandAst(extent, [callee], TokenKind.Ampersand, null));
        return new ScriptBlockAst(extent, null, null, null, Block(extent, TokenKind.End, [call]), null).GetScriptBlock();
    }

    private static NamedBlockAst Block(IScriptExtent extent, TokenKind kind, StatementAst[] statements) =>
        new(extent, kind, new StatementBlockAst(extent, statements, null), unnamed: kind == TokenKind.End);
}
