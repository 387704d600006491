using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Text;
using System.Text.Json;
using InboundProvisioning.Module.Tests.Hosting;

namespace InboundProvisioning.Module.Tests.Conversion;

/// <summary>
/// A plain comparison of a column with a text is done without the engine. It gives what the engine gives: each generated script
/// block is put beside one that means the same and that only the engine can run.
/// </summary>
public sealed class ComparisonTests : IDisposable
{
    private static readonly string[] Operators = ["-eq", "-ne", "-ceq", "-cne", "-ieq", "-ine"];

    private static readonly string[] Texts =
    [
        "", " ", "active", "Active", "ACTIVE", "actıve", "ACTİVE", "activé", "active\u0301", "Active\u200B", "\u200BActive", "Act\u00ADive", "Active\0", "\0",
        "\u200B", "\u00AD", "\uFEFF", "Active\uFEFF", "Ac\u2060tive", "\u034F", "straße", "strasse", "STRASSE", "ß", "ss", "ẞ", "ﬁ", "fi", "K", "\u212A", "k", "Å", "\u212B", "å",
        "A\u030A", "ａｃｔｉｖｅ", "ACTIVE\u0007", "\t", "\r\n", "\n", "active\n", "a-b", "ab", "a\u2010b", "co-op", "coop", "it's", "its", "it’s", "1", "１", "①", "²", "2", "true",
        "i", "I", "İ", "ı", "é", "e\u0301", "É", "日本", "にほん", "ニホン", "ﾆﾎﾝ", "😀", "😁", "Σ", "σ", "ς", "ǆ", "ǅ", "Ǆ", "~", "\u007F", "\u0080", "\u0000a", "a\u0000", "\uFFFD", "a b", "a\u00A0b",
    ];

    private readonly PowerShellSession _session = new();
    private readonly TemporaryDirectory _directory = new();

    public void Dispose()
    {
        _session.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void Comparisons_give_what_the_engine_gives_for_files_and_objects()
    {
        var random = new Random(20260101);

        // What white space around it decides is an error of the row: WhiteSpaceTests.
        List<string> values = [.. Texts.Concat(Enumerable.Range(0, 30).Select(_ => Generate(random))).Where(value => value.Length == 0 || !(IsSpace(value[0]) || IsSpace(value[^1])))];
        string path = _directory.Write("a.csv", "C,D\r\n" + string.Concat(values.Select(value => $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\",d\r\n")));
        PSObject[] objects = [.. values.Append(null).Select(Object)];
        foreach (string[] constants in Texts.Concat(Enumerable.Range(0, 12).Select(_ => Generate(random))).Chunk(12))
        {
            string mapping = Mapping(constants);
            Compare(_session.Run($"ConvertTo-ScimBulkPayload $path {mapping}", ("path", path)).ThrowIfFailed(), values.Count, constants);
            Compare(_session.Run($"$objects | ConvertTo-ScimBulkPayload -AttributeMapping {mapping}", ("objects", objects)).ThrowIfFailed(), objects.Length, constants);
        }
    }

    [Fact]
    public void Values_of_objects_that_are_no_text_give_what_the_engine_gives()
    {
        object?[] values = [null, 1, 0, 1.0, true, false, 'a', new[] { "a", "b", "a" }, System.Array.Empty<string>(), DayOfWeek.Monday, new DateTime(2021, 5, 1), DBNull.Value, new PSObject("a"), 5m];
        PSObject[] objects = [.. values.Select(Object)];
        string[] constants = ["", "a", "1", "True", "Monday", "0", "05/01/2021", "5"];

        PowerShellResult result = _session.Run($"$objects | ConvertTo-ScimBulkPayload -AttributeMapping {Mapping(constants)}", ("objects", objects)).ThrowIfFailed();

        Compare(result, objects.Length, constants);
    }

    private static bool IsSpace(char letter) =>
        char.IsWhiteSpace(letter) || char.IsControl(letter) || letter == '\u034F' || CharUnicodeInfo.GetUnicodeCategory(letter) == UnicodeCategory.Format;

    private static PSObject Object(object? value)
    {
        var row = new PSObject();
        row.Properties.Add(new PSNoteProperty("C", value));
        return row;
    }

    private static string Mapping(IEnumerable<string> constants)
    {
        var mapping = new StringBuilder("([ordered]@{ active = { $true }\n");
        int number = 0;
        foreach (string constant in constants)
        {
            string text = "'" + constant.Replace("'", "''", StringComparison.Ordinal).Replace("’", "’’", StringComparison.Ordinal) + "'";
            foreach (string @operator in Operators)
            {
                mapping.AppendLine(CultureInfo.InvariantCulture, $"short{number} = {{ $_.C {@operator} {text} }}; engine{number} = {{ $($_.C {@operator} {text}) }}");
                number++;
                mapping.AppendLine(CultureInfo.InvariantCulture, $"short{number} = {{ {text} {@operator} $PSItem.'C' }}; engine{number} = {{ $({text} {@operator} $PSItem.'C') }}");
                number++;
            }
        }

        return mapping.Append("})").ToString();
    }

    private static void Compare(PowerShellResult result, int rows, string[] constants)
    {
        IReadOnlyList<JsonElement> operations = result.Operations();
        Assert.Equal(rows, operations.Count);
        for (int row = 0; row < rows; row++)
        {
            JsonElement data = operations[row].GetProperty("data");
            for (int number = 0; number < constants.Length * Operators.Length * 2; number++)
            {
                string constant = constants[number / (Operators.Length * 2)];
                string @operator = Operators[number / 2 % Operators.Length];
                Assert.True(
                    data.GetProperty($"short{number}").GetRawText() == data.GetProperty($"engine{number}").GetRawText(),
                    $"row {row} {@operator} '{JsonEncodedText.Encode(constant)}', {(number % 2 == 0 ? "column first" : "text first")}");
            }
        }
    }

    private static string Generate(Random random)
    {
        const string Letters = "aAkKsSiIéÉß\u0301\u0307\u200B\u00AD\u0000\u0007\u212A\uFF41-'1 ıİ";
        return string.Concat(Enumerable.Range(0, random.Next(1, 7)).Select(_ => Letters[random.Next(Letters.Length)]));
    }
}
