using System;
using System.Globalization;
using System.Text;
using InboundProvisioning.Scim;

namespace InboundProvisioning.Mapping.Writing;

/// <summary>
/// Writes values of attributes that are whole numbers or points in time: RFC 7643, sections 2.3.4 and 2.3.5. Nothing is rounded or
/// guessed. An empty value is null, as an empty text is of no such type; the service takes null to clear an attribute.
/// </summary>
internal static class TypedValue
{
    private const string WholeNumber = "no whole number, such as 42 (without a leading zero, a separator or a fraction)";
    private const string PointInTime = "no date in ISO 8601, such as 2013-01-25 or 2013-01-25T08:00:00+01:00; other forms differ by country, so convert them in the mapping";

    // The longest text that is a date, with any fraction of a second that makes sense.
    private const int MaxText = 64;

    // All whole numbers up to here have a double of their own.
    private const double MaxExactDouble = 9007199254740991;

    public static Emission Write(ReadOnlySpan<byte> text, ScimAttributeType type, string path, RowWriter writer)
    {
        if (text.IsEmpty)
        {
            return writer.WriteMissing();
        }

        if (type == ScimAttributeType.Integer && IntegerText.Is(text))
        {
            writer.Json.WriteRaw(text);
            return Emission.Value;
        }

        Span<byte> moment = stackalloc byte[DateTimeText.MaxLength(MaxText)];
        if (type == ScimAttributeType.DateTime && text.Length <= MaxText && DateTimeText.TryNormalize(text, moment, out int length))
        {
            writer.Json.WritePlainString(moment.Slice(0, length));
            return Emission.Value;
        }

        return Fail(Encoding.UTF8.GetString(text.ToArray()), type, path, writer);
    }

    /// <summary>Writes what a script block or an input object gave; not null.</summary>
    public static Emission Write(object value, ScimAttributeType type, string path, RowWriter writer)
    {
        switch (value)
        {
            case string text:
                return Write(Encoding.UTF8.GetBytes(text), type, path, writer);
            case DateTime moment when type == ScimAttributeType.DateTime:
                return WriteMoment(moment.ToString(moment.Kind == DateTimeKind.Unspecified ? "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'" : "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture), writer);
            case DateTimeOffset moment when type == ScimAttributeType.DateTime:
                return WriteMoment(moment.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture), writer);
#if NET8_0_OR_GREATER
            case DateOnly date when type == ScimAttributeType.DateTime:
                return WriteMoment(date.ToString("yyyy-MM-dd'T00:00:00Z'", CultureInfo.InvariantCulture), writer);
#endif
            case sbyte or short or int or long or byte or ushort or uint or ulong when type == ScimAttributeType.Integer:
            case decimal when type == ScimAttributeType.Integer && decimal.Truncate((decimal)value) == (decimal)value:
            case double when type == ScimAttributeType.Integer && Math.Floor((double)value) == (double)value && Math.Abs((double)value) <= MaxExactDouble:
                return Write(Encoding.UTF8.GetBytes(Convert.ToDecimal(value, CultureInfo.InvariantCulture).ToString("0", CultureInfo.InvariantCulture)), type, path, writer);
            default:
                return Fail(Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty, type, path, writer);
        }
    }

    private static Emission WriteMoment(string text, RowWriter writer)
    {
        writer.Json.WriteString(text);
        return Emission.Value;
    }

    private static Emission Fail(string value, ScimAttributeType type, string path, RowWriter writer) => type == ScimAttributeType.Integer
        ? writer.Fail("InvalidInteger", path, $"The value {ShownValue.Quote(value)} is {WholeNumber}, which the attribute is in the provisioning schema.")
        : writer.Fail("InvalidDateTime", path, $"The value {ShownValue.Quote(value)} is {PointInTime}. The attribute is a DateTime in the provisioning schema.");
}
