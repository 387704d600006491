using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using InboundProvisioning.Conversion;
using InboundProvisioning.Core.Tests.Support;
using InboundProvisioning.Csv;
using InboundProvisioning.Mapping;
using static InboundProvisioning.Core.Tests.Support.Mappings;

namespace InboundProvisioning.Core.Tests.Conversion;

/// <summary>Any Unicode text goes through CSV, mapping and JSON and comes back the same.</summary>
public sealed class RoundTripTests : IDisposable
{
    private static readonly string[] Special =
    [
        "\"", "\"\"", ",", ";", "\t", "\r", "\n", "\r\n", " ", "\0", "\u0001", "\u001F", "\u007F", "\u0085", "\u00A0", "\u00AD", "\u200B", "\u200D", "\u2028", "\u2029", "\uFEFF", "\uFFFD",
        "\uFFFE", "\uFFFF", "\\", "/", "<", ">", "&", "'", "`", "$", "{", "}", "=", "#", "\u0301", "\u212A", "ß", "İ", "\U0001F600", "\U0010FFFF", "\U000E0001", "\uE000", "null", "true",
    ];

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(',', "\r\n", "utf-8")]
    [InlineData(';', "\n", "utf-8")]
    [InlineData('\t', "\r", "utf-8")]
    [InlineData(',', "\r\n", "utf-16")]
    [InlineData('|', "\n", "utf-32BE")]
    public void Every_text_comes_back(char delimiter, string lineBreak, string encodingName)
    {
        var random = new Random(20260102 + delimiter);
        string[] values = [.. Special, .. Enumerable.Range(0, 3000).Select(_ => Generate(random))];
        var csv = new StringBuilder("Id").Append(delimiter).Append("Value").Append(delimiter).Append("Other").Append(lineBreak);
        for (int i = 0; i < values.Length; i++)
        {
            string other = values[^(i + 1)];
            csv.Append(i).Append(delimiter).Append(Quote(values[i])).Append(delimiter).Append(Quote(other)).Append(lineBreak);
        }

        Encoding encoding = Encoding.GetEncoding(encodingName);
        string path = _directory.Write("a.csv", [.. encoding.GetPreamble(), .. encoding.GetBytes(csv.ToString())]);
        var options = new ConversionOptions
        {
            Mapping = Of(
                ("externalId", "Id"),
                ("title", "Value"),
                ("nickName", Expression(row => row.GetValue(1), "Value")),
                ("name", Complex(("givenName", "Other"))),
                ("list", Mappings.Array("Value", "Other"))),
            ScimSchemaNamespace = CustomUrn,
            Csv = new CsvFileOptions { Delimiter = delimiter },
        };

        RecordingObserver run = Conversions.Run(options, path);

        Assert.Empty(run.Rejected);
        Assert.Empty(run.FileFaults);
        JsonElement[] users = [.. run.Operations().Select(operation => operation.GetProperty("data"))];
        Assert.Equal(values.Length, users.Length);
        for (int i = 0; i < values.Length; i++)
        {
            string other = values[^(i + 1)];
            AssertSame(values[i], users[i].GetProperty("title"));
            AssertSame(values[i], users[i].GetProperty("nickName"));
            AssertSame(other, users[i].GetProperty("name").GetProperty("givenName"));
            AssertSame(values[i], users[i].GetProperty("list")[0]);
            AssertSame(other, users[i].GetProperty("list")[1]);
            AssertSame(other, users[i].GetProperty(CustomUrn).GetProperty("Other"));
        }
    }

    [Fact]
    public void Every_text_without_white_space_around_it_can_be_an_externalId_and_is_told_from_every_other_that_differs_in_more_than_case()
    {
        var random = new Random(20260103);
        string[] values = [.. Special.Concat(Enumerable.Range(0, 3000).Select(_ => Generate(random))).Where(value => !SurroundingSpace.IsAround(value)).Where(value => ColumnName.Plain(value).Length > 0 || value.Any(static one => one is '\x7F' or (< ' ' and not (>= '\t' and <= '\r')))).DistinctBy(value => value.ToUpperInvariant())];
        string path = _directory.Write("a.csv", "Id\r\n" + string.Concat(values.Select(value => Quote(value) + "\r\n")));

        RecordingObserver run = Conversions.Run(new ConversionOptions { Mapping = Of(("externalId", "Id")) }, path);

        Assert.Empty(run.Rejected);
        Assert.Equal(values, run.Operations().Select(operation => operation.GetProperty("bulkId").GetString()));
        Assert.Equal(values, run.Operations().Select(operation => operation.GetProperty("data").GetProperty("externalId").GetString()));
    }

    [Fact]
    public void Every_text_can_be_the_name_of_a_column_and_of_an_attribute()
    {
        var random = new Random(20260104);
        string[] names = [.. Enumerable.Range(0, 500).Select(i => "N" + Generate(random).Replace("\0", string.Empty, StringComparison.Ordinal).Replace("\uFFFD", string.Empty, StringComparison.Ordinal) + i)];
        string path = _directory.Write("a.csv", string.Join(',', names.Select(Quote)) + "\r\n" + string.Join(',', names.Select((_, i) => $"v{i}")) + "\r\n");

        RecordingObserver run = Conversions.Run(new ConversionOptions { Mapping = Of(("active", Constant(true))), ScimSchemaNamespace = CustomUrn }, path);

        Assert.Equal(
            names.Select((name, i) => (ColumnName.Plain(name), $"v{i}")),
            run.Operations().Single().GetProperty("data").GetProperty(CustomUrn).EnumerateObject().Select(member => (member.Name, member.Value.GetString()!)));
    }

    private static void AssertSame(string expected, JsonElement actual) => Assert.True(
        string.Equals(expected, actual.GetString(), StringComparison.Ordinal),
        $"{JsonSerializer.Serialize(expected)} became {actual.GetRawText()}");

    private static string Quote(string value) => "\"" + value.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    private static string Generate(Random random)
    {
        var text = new StringBuilder();
        for (int i = random.Next(12); i > 0; i--)
        {
            text.Append(random.Next(3) switch
            {
                0 => Special[random.Next(Special.Length)],
                1 => ((char)random.Next(0x20, 0x7F)).ToString(),
                _ => char.ConvertFromUtf32(Scalar(random)),
            });
        }

        return text.ToString();
    }

    private static int Scalar(Random random)
    {
        int scalar = random.Next(2) == 0 ? random.Next(0x3000) : random.Next(0x110000);
        return scalar is >= 0xD800 and <= 0xDFFF ? 0xD7FF : scalar;
    }
}
