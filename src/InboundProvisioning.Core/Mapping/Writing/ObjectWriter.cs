using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Numerics;
using System.Text;
using InboundProvisioning.Scim;

namespace InboundProvisioning.Mapping.Writing;

/// <summary>Writes a value that is an object: the result of a script block, a property of an input object, a constant.</summary>
internal static class ObjectWriter
{
    private const int MaxDepth = 16;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static Emission Write(object? value, ScimAttribute? attribute, string path, RowWriter writer) =>
        WriteAttribute(value, attribute, path, writer, MaxDepth);

    private static Emission WriteAttribute(object? value, ScimAttribute? attribute, string path, RowWriter writer, int depth)
    {
        if (attribute is not { IsIdentity: true })
        {
            return WriteOneOrMore(value, attribute, path, writer, depth);
        }

        int start = writer.Json.Length;
        Emission emission = WriteOneOrMore(value, attribute, path, writer, depth);
        IdentityCheck.Look(writer, start, path);
        return emission;
    }

    private static Emission WriteOneOrMore(object? value, ScimAttribute? attribute, string path, RowWriter writer, int depth)
    {
        value = writer.Unwrap(value);
        bool isArray = IsArray(value);
        if (attribute is null || value is null || isArray == attribute.MultiValued)
        {
            return WriteValue(value, attribute, path, writer, depth);
        }

        if (isArray)
        {
            return writer.Fail("SingleValueExpected", path, ShapeFault.SingleValueExpected);
        }

        // A script block that gives one element gives it bare: PowerShell unrolls arrays.
        int start = writer.Json.Length;
        writer.Json.WriteRaw((byte)'[');
        Emission emission = WriteValue(value, attribute, path, writer, depth);
        if ((emission & Emission.Value) == 0)
        {
            writer.Json.Length = start;
            return emission;
        }

        writer.Json.WriteRaw((byte)']');
        return emission;
    }

    private static Emission WriteValue(object? value, ScimAttribute? attribute, string path, RowWriter writer, int depth)
    {
        if (depth == 0)
        {
            return writer.Fail("ValueTooDeep", path, "The value is nested more than 16 levels deep.");
        }

        if (value is null or DBNull)
        {
            return attribute?.Type == ScimAttributeType.Boolean ? writer.WriteEmptyBoolean(path) : writer.WriteMissing();
        }

        if (attribute?.Type == ScimAttributeType.Boolean && !IsArray(value))
        {
            return WriteBoolean(value, path, writer);
        }

        if (attribute is not null && !IsArray(value) && (attribute.Type == ScimAttributeType.Complex) != value is IDictionary && value is not string { Length: 0 })
        {
            return FailByShape(attribute, path, writer);
        }

        if (attribute?.Type is ScimAttributeType.Integer or ScimAttributeType.DateTime && !IsArray(value))
        {
            return TypedValue.Write(value, attribute.Type, path, writer);
        }

        JsonBuffer json = writer.Json;
        switch (value)
        {
            case string text:
                return text.Length == 0 ? writer.WriteEmpty() : WriteText(text, path, writer);
            case bool boolean:
                json.WriteBoolean(boolean);
                return Emission.Value;
            case Enum:
                return WriteText(value.ToString()!, path, writer);
            case sbyte or short or int or long or byte or ushort or uint:
                json.WriteNumber(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                return Emission.Value;
            case double number when double.IsNaN(number) || double.IsInfinity(number):
            case float single when float.IsNaN(single) || float.IsInfinity(single):
                return writer.Fail("InvalidNumber", path, "JSON has no such number: " + Invariant(value) + ".");
            case ulong or decimal or double or float or BigInteger:
                json.WriteNumber((IFormattable)value);
                return Emission.Value;
            case DateTime moment:
                return WriteText(moment.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture), path, writer);
            case DateTimeOffset moment:
                return WriteText(moment.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture), path, writer);
#if NET8_0_OR_GREATER
            case DateOnly date:
                return WriteText(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), path, writer);
#endif
            case char or Guid or TimeSpan or Version or Uri:
                return WriteText(Invariant(value), path, writer);
            case byte[] bytes:
                return WriteText(Convert.ToBase64String(bytes), path, writer);
            case IDictionary members:
                return WriteObject(members, attribute, path, writer, depth);
            case IEnumerable elements:
                return WriteArray(elements, attribute, path, writer, depth);
            default:
                return writer.Fail("UnsupportedValue", path, $"A value of type {value.GetType().FullName} has no form in SCIM.");
        }
    }

    private static Emission FailByShape(ScimAttribute attribute, string path, RowWriter writer)
    {
        if (attribute.Type == ScimAttributeType.Complex)
        {
            return writer.Fail("ComplexValueExpected", path, ShapeFault.ComplexValueExpected(attribute));
        }

        // Of externalId alone the same fault has had an id of its own, and ids are stable.
        string errorId = string.Equals(path, "externalId", StringComparison.OrdinalIgnoreCase) ? "InvalidExternalId" : "SimpleValueExpected";
        return writer.Fail(errorId, path, ShapeFault.SimpleValueExpected);
    }

    private static Emission WriteBoolean(object value, string path, RowWriter writer)
    {
        if (BooleanText.TryConvert(value, out bool boolean))
        {
            writer.Json.WriteBoolean(boolean);
            return Emission.Value;
        }

        return value is string { Length: 0 }
            ? writer.WriteEmptyBoolean(path)
            : writer.Fail("InvalidBoolean", path, BooleanText.Expected(value, path, column: null));
    }

    private static Emission WriteText(string text, string path, RowWriter writer)
    {
        byte[] utf8;
        try
        {
            utf8 = StrictUtf8.GetBytes(text);
        }
        catch (EncoderFallbackException)
        {
            return writer.Fail("InvalidText", path, "The text is not valid Unicode: it holds half of a surrogate pair.");
        }

        writer.Json.WriteString(utf8);
        return Emission.Value;
    }

    private static Emission WriteObject(IDictionary members, ScimAttribute? attribute, string path, RowWriter writer, int depth)
    {
        JsonBuffer json = writer.Json;
        int start = json.Length;
        json.WriteRaw((byte)'{');
        Emission all = Emission.None;
        bool first = true;
        foreach ((string name, object? value) in Members(members, attribute?.SubAttributes ?? [], writer))
        {
            ScimAttribute? subAttribute = attribute is null ? null : ScimAttribute.Find(attribute.SubAttributes, name);
            int before = json.Length;
            if (!first)
            {
                json.WriteRaw((byte)',');
            }

            WriteText(name, path, writer);
            json.WriteRaw((byte)':');
            Emission one = WriteAttribute(value, subAttribute, path + "." + name, writer, depth - 1);
            all |= one;
            if ((one & (Emission.Value | Emission.Constant)) == 0)
            {
                json.Length = before;
            }
            else
            {
                first = false;
            }
        }

        if (first && (all & Emission.LeftOut) != 0)
        {
            json.Length = start;
            return Emission.LeftOut;
        }

        json.WriteRaw((byte)'}');
        return Emission.Value;
    }

    // A hashtable's order differs from one process to the next; that of any other dictionary is its author's.
    private static IEnumerable<(string Name, object? Value)> Members(
        IDictionary members, IReadOnlyList<ScimAttribute> known, RowWriter writer)
    {
        var named = new List<(string Name, object? Value)>(members.Count);
        foreach (DictionaryEntry member in members)
        {
            named.Add((Invariant(writer.Unwrap(member.Key) ?? string.Empty), member.Value));
        }

        return members is Hashtable
            ? named.OrderBy(member => AttributeOrder.Rank(member.Name, known)).ThenBy(member => member.Name, StringComparer.Ordinal)
            : named;
    }

    private static Emission WriteArray(IEnumerable elements, ScimAttribute? attribute, string path, RowWriter writer, int depth)
    {
        JsonBuffer json = writer.Json;
        int start = json.Length;
        json.WriteRaw((byte)'[');
        bool first = true;
        foreach (object? element in elements)
        {
            int before = json.Length;
            if (!first)
            {
                json.WriteRaw((byte)',');
            }

            Emission one = WriteValue(writer.Unwrap(element), attribute, path, writer, depth - 1);
            if ((one & (Emission.Value | Emission.Constant)) == 0)
            {
                json.Length = before;
            }
            else
            {
                first = false;
            }
        }

        if (first && writer.EmptyValue == EmptyValueHandling.Omit)
        {
            json.Length = start;
            return Emission.LeftOut;
        }

        json.WriteRaw((byte)']');
        if (attribute is { HasPrimary: true })
        {
            PrimaryCheck.Look(writer, start, path);
        }

        return Emission.Value;
    }

    private static bool IsArray(object? value) => value is IEnumerable and not (string or IDictionary or byte[]);

    private static string Invariant(object value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty;
}
