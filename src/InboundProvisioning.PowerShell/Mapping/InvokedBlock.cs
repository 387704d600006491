using System.Management.Automation;
using System.Management.Automation.Language;

namespace InboundProvisioning.PowerShell.Mapping;

/// <summary>Builds the script that invokes a script block for one row.</summary>
internal static class InvokedBlock
{
    /// <summary>
    /// <c>@(&amp; { script } 2>&amp;1)</c>: the functions of a module do not see the caller's $ErrorActionPreference, so what they print as an
    /// error comes out with the results. A script with a process block gets the row as its input,
    /// <c>@($_ | &amp; { begin { } process { } } 2>&amp;1)</c>: there it is that its $_ comes from.
    /// </summary>
    public static ScriptBlock Create(ScriptBlockAst script)
    {
        IScriptExtent extent = script.Extent;
        var call = new CommandAst(
            extent,
            [new ScriptBlockExpressionAst(extent, (ScriptBlockAst)script.Copy())],
            TokenKind.Ampersand,
            [new MergingRedirectionAst(extent, RedirectionStream.Error, RedirectionStream.Output)]);
        PipelineAst pipeline = script.ProcessBlock is null && script.BeginBlock is null
            ? new(extent, call)
            : new(extent, [new CommandExpressionAst(extent, new VariableExpressionAst(extent, "_", splatted: false), null), call]);
        var results = new ArrayExpressionAst(extent, new StatementBlockAst(extent, [pipeline], null));
        var statement = new PipelineAst(extent, new CommandExpressionAst(extent, results, null));
        var end = new NamedBlockAst(extent, TokenKind.End, new StatementBlockAst(extent, [statement], null), unnamed: true);
        return new ScriptBlockAst(extent, null, null, null, end, null).GetScriptBlock();
    }
}
