using System;
using System.Globalization;
using InboundProvisioning.Mapping;

namespace InboundProvisioning.PowerShell.Mapping.Shortcuts;

/// <summary>Why a statement of a script block failed.</summary>
internal static class StatementFault
{
    /// <summary>What is said of it.</summary>
    /// <param name="line">The line of the statement; 0 where it is not known.</param>
    /// <param name="message">Why it failed.</param>
    /// <param name="exception">What the engine throws, or would throw.</param>
    public static RowExpressionException At(int line, string message, Exception exception) => new(
        message.TrimEnd('.') + (line > 0 ? string.Format(CultureInfo.InvariantCulture, " (line {0} of the script).", line) : "."), exception);
}
