using System.Globalization;
using System.Management.Automation;
using InboundProvisioning.Mapping;

namespace InboundProvisioning.PowerShell.Mapping.Shortcuts;

/// <summary>Why a statement of a script block failed.</summary>
internal static class StatementFault
{
    /// <summary>What is said of it.</summary>
    /// <param name="line">The line of the statement.</param>
    /// <param name="exception">What the engine would throw.</param>
    public static RowExpressionException At(int line, RuntimeException exception) => new(
        string.Format(CultureInfo.InvariantCulture, "{0} (line {1} of the script).", exception.Message.TrimEnd('.'), line), exception);
}
