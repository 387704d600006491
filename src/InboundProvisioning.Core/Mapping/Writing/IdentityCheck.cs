using System;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace InboundProvisioning.Mapping.Writing;

/// <summary>
/// Looks at a value by which a person is found, after it was written. White space around it, or digits that a spreadsheet has left out,
/// make it that of nobody, or of somebody else.
/// </summary>
internal static class IdentityCheck
{
    // As spreadsheets show a long number: 1.00E+05, 1,23457E+11, 1E+05. An id such as 12E34 or 1E-05 is none.
    // An error of a formula, ="0012" and '0012.
    private static readonly Regex SpreadsheetText = new(
        @"\A(?:#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!)|="".*""|'[0-9]+)\z", RegexOptions.CultureInvariant | RegexOptions.Singleline);

    private static readonly Regex ShortenedNumber = new(@"\A[0-9](?:[.,][0-9]+)?[eE]\+[0-9]{2,}\z", RegexOptions.CultureInvariant);

    /// <summary>Makes the row a fault when the JSON value that was written last is no identity.</summary>
    /// <param name="writer">What wrote it.</param>
    /// <param name="start">Where it starts; nothing may have been written.</param>
    /// <param name="path">The path of the attribute.</param>
    public static void Look(RowWriter writer, int start, string path)
    {
        ReadOnlySpan<byte> token = writer.Json.Written.Slice(start);
        if (MayBeOdd(token))
        {
            Look(writer, token, path);
        }
    }

    private static void Look(RowWriter writer, ReadOnlySpan<byte> token, string path)
    {
        string text = Encoding.UTF8.GetString(token.ToArray());
        if (token[0] == (byte)'"')
        {
            var reader = new Utf8JsonReader(token);
            reader.Read();
            text = reader.GetString()!;
        }

        if (SurroundingSpace.IsAround(text))
        {
            string remedy = writer.Trims ? "Trim it in the script block." : "Correct it, or take white space off every column with -Trim.";
            writer.Fail(
                "WhiteSpaceAround", path, $"The value {ShownValue.Quote(text)} has white space around it, so that it is another one than without. {remedy}");
        }
        else if (SpreadsheetText.IsMatch(text))
        {
            writer.Fail(
                "DamagedNumber",
                path,
                $"The value {ShownValue.Quote(text)} is what a spreadsheet has in place of a value, or how it keeps digits as text. Take the file as the HR system gives it.");
        }
        else if (ShortenedNumber.IsMatch(text))
        {
            writer.Fail(
                "DamagedNumber",
                path,
                $"The value {ShownValue.Quote(text)} is a number that a spreadsheet has shortened: digits are lost. Take the file as the HR system gives it, or format the column as text before it is filled.");
        }
    }

    // Costs next to nothing for what nearly all values are: letters and digits at both ends, and no number with an exponent.
    private static bool MayBeOdd(ReadOnlySpan<byte> token)
    {
        ReadOnlySpan<byte> content = token.Length > 2 && token[0] == (byte)'"' ? token.Slice(1, token.Length - 2) : token;
        if (content.IsEmpty)
        {
            return false;
        }

        byte first = content[0];
        return !IsPlain(first)
            || !IsPlain(content[content.Length - 1])
            || (content.Length >= 2 && content[content.Length - 2] == (byte)'\\')
            || (content.Length >= 6 && content[content.Length - 6] == (byte)'\\')
            || first is (byte)'#' or (byte)'=' or (byte)'\''
            || (content.Length >= 5 && first is >= (byte)'0' and <= (byte)'9' && content[1] is (byte)'.' or (byte)',' or (byte)'e' or (byte)'E');
    }

    // Neither white space nor the start of a JSON escape.
    private static bool IsPlain(byte one) => one is > (byte)' ' and < 0x7F and not (byte)'\\';
}
