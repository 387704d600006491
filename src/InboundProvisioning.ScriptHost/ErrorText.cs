using System.Globalization;
using System.IO;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace InboundProvisioning.ScriptHost;

/// <summary>One or two lines for an error: the command that met it or, in the script's own code, the line, and what is wrong.</summary>
internal static class ErrorText
{
    public static string Of(ErrorRecord error)
    {
        string message = error.ErrorDetails?.Message ?? error.Exception.Message;
        string? action = error.ErrorDetails?.RecommendedAction;
        return $"{Place(error.InvocationInfo)}: {message}{(string.IsNullOrEmpty(action) ? string.Empty : "\n" + action)}";
    }

    public static string Of(ParseError error) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Path.GetFileName(error.Extent.File)}:{error.Extent.StartLineNumber}: {error.Message}");

    private static string Place(InvocationInfo? invocation) => invocation switch
    {
        { MyCommand: CmdletInfo command } => command.Name,
        { MyCommand: FunctionInfo command } => command.Name,
        { ScriptName: { Length: > 0 } script } =>
            string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(script)}:{invocation.ScriptLineNumber}"),
        _ => "Error",
    };
}
