using System;
using InboundProvisioning.Conversion.Persons;
using InboundProvisioning.Mapping;
using InboundProvisioning.Mapping.Writing;

namespace InboundProvisioning.Conversion;

/// <summary>Tells which rows are to be taken before others of the same person.</summary>
internal sealed class Preference
{
    private readonly IRowExpression _expression;
    private readonly Func<object?, object?> _unwrap;

    public Preference(IRowExpression expression, Func<object?, object?> unwrap)
    {
        _expression = expression;
        _unwrap = unwrap;
    }

    /// <summary>Whether a row is preferred.</summary>
    /// <param name="row">The row.</param>
    /// <param name="fault">Why that cannot be told, or null.</param>
    public RowPreference Of(Row row, out RowFault? fault)
    {
        fault = null;
        try
        {
            object? value = _unwrap(_expression.Evaluate(row));
            if (value is null or "")
            {
                return RowPreference.None;
            }

            if (BooleanText.TryConvert(value, out bool isPreferred))
            {
                return isPreferred ? RowPreference.Preferred : RowPreference.None;
            }

            fault = new RowFault("InvalidPreference", null, $"-Prefer gave a {value.GetType().Name} that is neither true nor false.");
        }
        catch (RowExpressionException exception)
        {
            fault = exception.ErrorId is null
                ? new RowFault("ScriptBlockFailed", null, "-Prefer failed: " + exception.Message, exception.InnerException)
                : new RowFault(exception.ErrorId, null, "-Prefer: " + exception.Message);
        }

        return RowPreference.Unknown;
    }
}
