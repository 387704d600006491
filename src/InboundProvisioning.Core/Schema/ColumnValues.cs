using System;
using System.Collections.Generic;
using System.Globalization;

namespace InboundProvisioning.Schema;

/// <summary>What the values of a column have been so far.</summary>
internal sealed class ColumnValues
{
    private long _values;
    private long _empty;
    private long _dates;
    private long _booleans;
    private long _integers;

    /// <summary>The type that every value has which is not empty; null where there is none.</summary>
    public SchemaAttributeType? Type => Filled == 0 ? null
        : _dates == Filled ? SchemaAttributeType.DateTime
        : _booleans == Filled ? SchemaAttributeType.Boolean
        : _integers == Filled ? SchemaAttributeType.Integer
        : SchemaAttributeType.String;

    private long Filled => _values - _empty;

    public void Add(ReadOnlySpan<byte> value)
    {
        _values++;
        if (IsBlank(value))
        {
            _empty++;
        }
        else if (ValueType.IsInteger(value))
        {
            _integers++;
        }
        else if (ValueType.IsBoolean(value))
        {
            _booleans++;
        }
        else if (ValueType.IsDateTime(value))
        {
            _dates++;
        }
    }

    /// <summary>What was seen, in words, without a value of the file.</summary>
    public override string ToString()
    {
        if (Type is not SchemaAttributeType type)
        {
            return _values == 0 ? "no values" : $"no values in {Number(_values)} rows";
        }

        string text = $"{type} in {Number(Filled)} of {Number(_values)} values" + (_empty > 0 ? $", {Number(_empty)} empty" : string.Empty);
        return type == SchemaAttributeType.String && Others() is { Length: > 0 } others ? $"{text} ({others})" : text;
    }

    // Why a column that looks like dates or numbers is text all the same.
    private string Others()
    {
        var others = new List<string>();
        void Count(long count, SchemaAttributeType type)
        {
            if (count > 0)
            {
                others.Add($"{Number(count)} look like {type}");
            }
        }

        Count(_dates, SchemaAttributeType.DateTime);
        Count(_booleans, SchemaAttributeType.Boolean);
        Count(_integers, SchemaAttributeType.Integer);
        return string.Join(", ", others);
    }

    private static bool IsBlank(ReadOnlySpan<byte> value)
    {
        foreach (byte character in value)
        {
            if (character is not ((byte)' ' or (byte)'\t'))
            {
                return false;
            }
        }

        return true;
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
