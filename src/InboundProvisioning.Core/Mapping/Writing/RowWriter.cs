using System;
using InboundProvisioning.Scim;

namespace InboundProvisioning.Mapping.Writing;

/// <summary>What the nodes of a user template share while they write a row: the JSON, the settings, the first fault.</summary>
internal sealed class RowWriter
{
    public RowWriter(JsonBuffer json, EmptyValueHandling emptyValue, Func<object?, object?> unwrap)
    {
        Json = json;
        EmptyValue = emptyValue;
        Unwrap = unwrap;
    }

    public JsonBuffer Json { get; }

    /// <summary>Where an expression writes its text.</summary>
    public Utf8Text Text { get; } = new();

    public EmptyValueHandling EmptyValue { get; }

    /// <summary>Takes the wrapper of a script engine off a value and shows an object's members as a dictionary.</summary>
    public Func<object?, object?> Unwrap { get; }

    /// <summary>The externalIds whose rows are wanted; null: all.</summary>
    public ExternalIdFilter? Wanted { get; init; }

    /// <summary>Whether the columns come without white space around their values.</summary>
    public bool Trims { get; init; }

    /// <summary>Whether the row is none of those that are wanted; what was written of it is dropped.</summary>
    public bool IsPassedOver { get; private set; }

    /// <summary>The first fault of the row; what is written after it is dropped with the row.</summary>
    public RowFault? Fault { get; private set; }

    /// <summary>Where the row's externalId stands in <see cref="Json"/> as a JSON string; empty where it has none.</summary>
    public (int Start, int Length) ExternalId { get; private set; }

    public void BeginRow()
    {
        Fault = null;
        IsPassedOver = false;
        ExternalId = default;
    }

    public void ExternalIdStandsAt(int start, int length) => ExternalId = (start, length);

    public void PassOver() => IsPassedOver = true;

    public Emission Fail(string errorId, string? attribute, string reason, Exception? exception = null)
    {
        Fault ??= new RowFault(errorId, attribute, reason, exception);
        return Emission.Value;
    }

    /// <summary>Writes an empty text, as the settings say.</summary>
    public Emission WriteEmpty()
    {
        switch (EmptyValue)
        {
            case EmptyValueHandling.Omit:
                return Emission.LeftOut;
            case EmptyValueHandling.Null:
                Json.WriteNull();
                return Emission.Value;
            default:
                Json.WriteRaw("\"\""u8);
                return Emission.Value;
        }
    }

    /// <summary>Writes a missing value: null, or nothing where empty values are left out.</summary>
    public Emission WriteMissing()
    {
        if (EmptyValue == EmptyValueHandling.Omit)
        {
            return Emission.LeftOut;
        }

        Json.WriteNull();
        return Emission.Value;
    }

    /// <summary>
    /// Writes a Boolean that has no value. An account can be disabled by it, so it takes a setting that asks for null or nothing.
    /// </summary>
    public Emission WriteEmptyBoolean(string attribute) => EmptyValue == EmptyValueHandling.EmptyString
        ? Fail("EmptyBoolean", attribute, "The value is empty; a Boolean must be true or false. Use -EmptyValue Null or Omit if it may be empty.")
        : WriteMissing();
}
