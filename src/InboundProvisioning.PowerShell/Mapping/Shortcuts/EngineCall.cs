using System;
using System.Globalization;
using System.Management.Automation;
using InboundProvisioning.Mapping;

namespace InboundProvisioning.PowerShell.Mapping.Shortcuts;

/// <summary>A call of a .NET method as the engine makes it: with its words where that fails.</summary>
internal sealed class EngineCall
{
    private readonly string _method;
    private readonly int _arguments;
    private readonly int _line;

    /// <param name="method">The method, as the script block spells it.</param>
    /// <param name="arguments">How many arguments it is given.</param>
    /// <param name="line">The line of the statement.</param>
    public EngineCall(string method, int arguments, int line)
    {
        _method = method;
        _arguments = arguments;
        _line = line;
    }

    /// <summary>Calls a method of a text.</summary>
    public T Of<T>(string? target, Func<string, T> call)
    {
        if (target is null)
        {
            throw Failed(new RuntimeException("You cannot call a method on a null-valued expression."));
        }

        try
        {
            return call(target);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            throw Failed(new MethodInvocationException(
                string.Format(CultureInfo.InvariantCulture, "Exception calling \"{0}\" with \"{1}\" argument(s): \"{2}\"", _method, _arguments, exception.Message),
                exception));
        }
    }

    /// <summary>Calls a static method with a text, for which null is handed over as an empty one.</summary>
    public T With<T>(string? argument, Func<string, T> call) => Of(argument ?? string.Empty, call);

    private RowExpressionException Failed(RuntimeException exception) => StatementFault.At(_line, exception.Message, exception);
}
