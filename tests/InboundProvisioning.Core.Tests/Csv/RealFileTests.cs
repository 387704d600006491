using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using InboundProvisioning.Conversion;
using InboundProvisioning.Core.Tests.Support;
using InboundProvisioning.Csv;
using InboundProvisioning.Mapping;
using static InboundProvisioning.Core.Tests.Support.Mappings;

namespace InboundProvisioning.Core.Tests.Csv;

/// <summary>What spreadsheets, report tools and people make of a CSV file.</summary>
public sealed class RealFileTests : IDisposable
{
    private static readonly AttributeMapping Mapping = Of(("externalId", "Id"), ("active", "Active"), ("title", "Title"));

    private readonly TemporaryDirectory _directory = new();

    public static TheoryData<string> Encodings => new("utf-8", "utf-16", "utf-16BE", "utf-32", "windows-1252");

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("sep=;\r\n", ';')]
    [InlineData("SEP=;\n", ';')]
    [InlineData("\"sep=;\"\r\n", ';')]
    [InlineData("sep=;;;\r\n", ';')]
    [InlineData("\"sep=;\";;\r\n", ';')]
    [InlineData("sep=\t\r", '\t')]
    [InlineData("sep=|\r\n", '|')]
    [InlineData("sep=,\r\n", ',')]
    [InlineData("sep=;\r\n\r\n", ';')]
    [InlineData("sep=;\r\n#TYPE System.Data.DataRow\r\n", ';')]
    public void The_separator_line_of_a_spreadsheet_is_taken_as_what_it_is(string first, char delimiter)
    {
        string path = _directory.Write("a.csv", $"{first}A{delimiter}B\r\n1{delimiter}2\r\n");

        using CsvFile file = CsvFile.Open(path, new CsvFileOptions());

        Assert.Equal(["A", "B"], file.Columns.Names);
        Assert.Equal(delimiter, file.Delimiter);
        Assert.True(file.Read());
        Assert.Null(file.Fault);
        Assert.Equal(1 + File.ReadAllText(path).ReplaceLineEndings("\n").Split('\n').ToList().FindIndex(line => line.StartsWith('1')), file.Place.Line);
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public void The_separator_line_is_known_in_every_encoding(string name)
    {
        Encoding encoding = TextEncodings.Parse(name);
        string path = _directory.Write("a.csv", [.. encoding.GetPreamble(), .. encoding.GetBytes("sep=;\r\nÄ;B\r\n1;2\r\n")]);

        using CsvFile file = CsvFile.Open(path, new CsvFileOptions { Encoding = encoding });

        Assert.Equal(["Ä", "B"], file.Columns.Names);
        Assert.True(file.Read());
        Assert.Equal(3, file.Place.Line);
    }

    [Fact]
    public void A_separator_that_is_asked_for_counts_more_than_the_one_that_the_file_names()
    {
        string path = _directory.Write("a.csv", "sep=;\r\nA,B\r\n1,2\r\n");

        Assert.Equal(["1|2"], Conversions.Read(path, new CsvFileOptions { Delimiter = ',' }));
    }

    [Theory]
    [InlineData("sep=\r\n")]
    [InlineData("sep=x\r\n")]
    [InlineData("sep=;A\r\n")]
    [InlineData("\"sep=;\r\n\"\r\n")]
    [InlineData("separator\r\n")]
    public void What_only_begins_like_a_separator_line_is_a_header(string text)
    {
        using CsvFile file = CsvFile.Open(_directory.Write("a.csv", text), new CsvFileOptions());

        Assert.StartsWith("sep", file.Columns.Names[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n")]
    [InlineData("\r")]
    public void The_header_can_stand_in_any_line(string lineBreak)
    {
        string path = _directory.Write("a.csv", string.Join(lineBreak, "Staff \"report", "\"of", "2026\",,", "A,B", "1,2", "3", string.Empty));

        using CsvFile file = CsvFile.Open(path, new CsvFileOptions { HeaderRow = 4 });

        Assert.Equal(["A", "B"], file.Columns.Names);
        Assert.True(file.Read());
        Assert.Equal(5, file.Place.Line);
        Assert.True(file.Read());
        Assert.Equal((6, "TooFewFields"), ((int)file.Place.Line, file.Fault?.ErrorId));
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public void A_title_is_passed_over_in_every_encoding(string name)
    {
        Encoding encoding = TextEncodings.Parse(name);
        string path = _directory.Write("a.csv", [.. encoding.GetPreamble(), .. encoding.GetBytes("sep=;\r\nPersönliches\r\n\r\nA;B\r\n1;2\r\n")]);

        using CsvFile file = CsvFile.Open(path, new CsvFileOptions { Encoding = encoding, HeaderRow = 4 });

        Assert.Equal(["A", "B"], file.Columns.Names);
        Assert.True(file.Read());
        Assert.Equal(5, file.Place.Line);
    }

    [Theory]
    [InlineData("A,B\r\n1,2\r\n", 3)]
    [InlineData("A,B", 2)]
    [InlineData("", 5)]
    public void A_line_that_is_not_there_is_no_header(string text, int row)
    {
        InboundProvisioningException fault = Assert.Throws<InboundProvisioningException>(
            () => CsvFile.Open(_directory.Write("a.csv", text), new CsvFileOptions { HeaderRow = row }));

        Assert.Equal("EmptyFile", fault.ErrorId);
        Assert.Contains("-HeaderRow", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Staff report\r\nof 2026-01-31\r\n\r\nId,Active,Title\r\n1,true,x\r\n", "With -HeaderRow 4 the columns would be found.")]
    [InlineData("Staff report,,\r\nId,Active,Title\r\n1,true,x\r\n", "With -HeaderRow 2 the columns would be found.")]
    [InlineData("Staff report;;\r\nId;Active;Title\r\n1;true;x\r\n", "With -Delimiter ';' -HeaderRow 2 the columns would be found.")]
    [InlineData("Id\tActive\tTitle\r\n1\ttrue\tx\r\n", "With -Delimiter \"`t\" the columns would be found.")]
    [InlineData("\"Staff\r\nreport\"\r\nId,Active,Title\r\n1,true,x\r\n", "With -HeaderRow 3 the columns would be found.")]
    [InlineData("Report,Report\r\nId,Active,Title\r\n1,true,x\r\n", "With -HeaderRow 2 the columns would be found.")]
    [InlineData("The \"best\" staff\r\nId,Active,Title\r\n1,true,x\r\n", "With -HeaderRow 2 the columns would be found.")]
    [InlineData("\"An open quote\r\nId,Active,Title\r\n1,true,x\r\n", "With -HeaderRow 2 the columns would be found.")]
    [InlineData("Staff report\r\nId,Active,Name\r\n1,true,x\r\n", "With -HeaderRow 2 the columns would be found, all but 'Title'.")]
    [InlineData("1\r\n2\r\n3\r\n4\r\n5\r\n6\r\n7\r\n8\r\n9\r\n10\r\n11\r\n12\r\n13\r\n14\r\n15\r\n16\r\n17\r\n18\r\n19\r\nId,Active,Title\r\n", "With -HeaderRow 20 ")]
    public void A_title_above_the_header_is_an_error_that_proposes_the_line(string text, string advice)
    {
        string path = _directory.Write("a.csv", text);

        InboundProvisioningException fault = Assert.Throws<InboundProvisioningException>(() => Check(path));

        Assert.Contains(advice, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("braces", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_beyond_the_first_lines_is_not_proposed()
    {
        string path = _directory.Write("a.csv", string.Concat(Enumerable.Repeat("Title of a report\r\n", 20)) + "Id,Active,Title\r\n1,true,x\r\n");

        Assert.DoesNotContain("-HeaderRow", Assert.Throws<InboundProvisioningException>(() => Check(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_that_is_wrong_is_an_error_that_proposes_the_right_one()
    {
        string path = _directory.Write("a.csv", "Id,Active,Title\r\n1,true,x\r\n2,true,y\r\n3,true,z\r\n");

        Assert.Contains("With -HeaderRow 1 ", Assert.Throws<InboundProvisioningException>(() => Check(path, new CsvFileOptions { HeaderRow = 3 })).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1,2,\r\n", "1|2")]
    [InlineData("1,2,,,\r\n", "1|2")]
    [InlineData("1,2,\"\", \t,\u00A0\r\n", "1|2")]
    [InlineData("1,2,\",\"\r\n", "TooManyFields")]
    [InlineData("1,2,,x\r\n", "TooManyFields")]
    [InlineData("1,,\r\n", "1|")]
    public void Surplus_fields_are_no_fault_when_they_are_all_empty(string row, string expected)
    {
        Assert.Equal([expected, "3|4"], Conversions.Read(_directory.Write("a.csv", "A,B\r\n" + row + "3,4\r\n")));
    }

    [Theory]
    [InlineData(",,\r\n")]
    [InlineData(",\r\n")]
    [InlineData(",,,,,\r\n")]
    [InlineData("\"\",\"\",\"\"\r\n")]
    [InlineData(" ,\t, \r\n")]
    [InlineData("   \r\n")]
    [InlineData("\"\"\r\n")]
    [InlineData("\" \",\"\r\n\",\u00A0\r\n")]
    [InlineData("\u3000,\uFEFF,\u200B\r\n")]
    [InlineData(",,\r\n\r\n,,\r\n \r\n")]
    public void A_row_that_is_all_empty_is_passed_over(string row)
    {
        string path = _directory.Write("a.csv", "Id,Active,Title\r\n1,true,x\r\n" + row + "2,true,y\r\n" + row);
        var conversion = new CsvConversion([path], new ConversionOptions { Mapping = Mapping });
        var observer = new RecordingObserver();

        ConversionSummary summary = conversion.Run(observer, rejects: null, default);

        Assert.Equal((2, 0), (summary.Rows, summary.RejectedRows));
        Assert.Equal(["1", "2"], observer.Operations().Select(operation => operation.GetProperty("bulkId").GetString()));
    }

    [Theory]
    [InlineData(",,x\r\n")]
    [InlineData(",,\u0001\r\n")]
    [InlineData("\0,,\r\n")]
    [InlineData("\"\"\"\",,\r\n")]
    [InlineData("é,,\r\n")]
    [InlineData(",,山\r\n")]
    [InlineData("\u00A0x,,\r\n")]
    [InlineData("-,,\r\n")]
    public void A_row_with_anything_in_it_is_a_row(string row) => Assert.Single(Conversions.Read(_directory.Write("a.csv", "Id,Active,Title\r\n" + row)));

    [Fact]
    public void Empty_rows_between_malformed_ones_are_passed_over_too()
    {
        string path = _directory.Write("a.csv", "A,B\r\n,\r\na\"b,1\r\n,\r\na\"b,2\r\n,\r\n1,2\r\n,\r\na\"b,3\r\n,\r\n");

        Assert.Equal(["MalformedCsv", "MalformedCsv", "1|2", "MalformedCsv"], Conversions.Read(path));
    }

    [Theory]
    [InlineData(0, "1|a", "2|b", "3|c", "TooFewFields", "MalformedCsv")]
    [InlineData(1, "1|a", "2|b", "3|c", "TooFewFields")]
    [InlineData(2, "1|a", "2|b", "3|c")]
    [InlineData(3, "1|a", "2|b")]
    [InlineData(5)]
    [InlineData(1000)]
    public void The_last_records_can_be_left_out_empty_ones_not_counted_and_malformed_ones_counted(int count, params string[] expected)
    {
        string path = _directory.Write("a.csv", "A,B\r\n1,a\r\n2,b\r\n,\r\n3,c\r\nTotal: 3\r\n,\r\nEnd \"of\" file\r\n,\r\n\r\n");

        Assert.Equal(expected, Conversions.Read(path, new CsvFileOptions { SkipLast = count }));
    }

    [Fact]
    public void The_last_records_are_those_of_each_file()
    {
        string one = _directory.Write("a.csv", "Id,Active,Title\r\n1,true,x\r\nTotal,1,\r\n");
        string other = _directory.Write("b.csv", "Id,Active,Title\r\n2,true,x\r\nTotal,1,\r\n");

        RecordingObserver run = Conversions.Run(new ConversionOptions { Mapping = Mapping, Csv = new CsvFileOptions { SkipLast = 1 } }, one, other);

        Assert.Equal(["1", "2"], run.Operations().Select(operation => operation.GetProperty("bulkId").GetString()));
        Assert.Empty(run.Rejected);
    }

    [Fact]
    public void Where_the_end_of_a_file_cannot_be_read_nothing_before_it_is_taken_for_the_end()
    {
        string path = _directory.Write("a.csv", "Id,Active,Title\r\n1,true,x\r\n2,true,x\r\n3,\"" + new string('x', CsvFile.MaxRecordBytes * 5 / 4));

        RecordingObserver run = Conversions.Run(new ConversionOptions { Mapping = Mapping, Csv = new CsvFileOptions { SkipLast = 1 } }, path);

        Assert.Equal(2, run.Operations);
        Assert.Equal("RecordTooLong", Assert.Single(run.FileFaults).ErrorId);
    }

    [Fact]
    public void Generated_files_give_the_same_rows_with_what_people_put_around_them()
    {
        string[] values = ["x", "", " ", "é", "山", "a b", "1,5", "2;5", "\"", "line\nbreak", "\u00A0"];
        for (int seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            char delimiter = ",;\t|"[random.Next(4)];
            string lineBreak = new[] { "\r\n", "\n", "\r" }[random.Next(3)];
            bool quotesAll = random.Next(3) == 0;
            var expected = new List<string>();
            var lines = new List<string>();
            bool hasSeparatorLine = random.Next(2) == 0;
            if (hasSeparatorLine)
            {
                lines.Add(random.Next(2) == 0 ? $"sep={delimiter}" : $"\"sep={delimiter}\"");
            }

            int title = random.Next(2) == 0 ? random.Next(1, 10) : 0;
            lines.AddRange(Enumerable.Range(0, title).Select(i => random.Next(3) == 0 ? string.Empty : "Report " + i + (random.Next(4) == 0 ? "\"" : string.Empty)));
            int headerRow = title > 0 ? lines.Count + 1 : 1;
            lines.Add(Join("No", "A\u00A0B", "C"));
            for (int row = random.Next(20); row > 0; row--)
            {
                string[] fields = [row.ToString(CultureInfo.InvariantCulture), values[random.Next(values.Length)], values[random.Next(values.Length)]];
                expected.Add(string.Join('|', fields));
                lines.Add(Join(fields) + (random.Next(3) == 0 ? new string(delimiter, random.Next(1, 4)) : string.Empty));
                while (random.Next(4) == 0)
                {
                    lines.Add(random.Next(2) == 0 ? Join(string.Empty, " ", string.Empty) : string.Empty);
                }
            }

            int trailers = random.Next(3);
            lines.AddRange(Enumerable.Range(0, trailers).Select(i => random.Next(2) == 0 ? "Total " + i : "\"Total\" " + i));
            Encoding encoding = random.Next(4) switch { 0 => Encoding.Unicode, 1 => Encoding.BigEndianUnicode, 2 => Encoding.UTF32, _ => new UTF8Encoding(true) };
            string path = _directory.Write("a.csv", [.. encoding.GetPreamble(), .. encoding.GetBytes(string.Join(lineBreak, lines) + (random.Next(2) == 0 ? lineBreak : string.Empty))]);
            var options = new CsvFileOptions { Delimiter = hasSeparatorLine && random.Next(2) == 0 ? null : delimiter, HeaderRow = headerRow, SkipLast = trailers };

            Assert.True(expected.SequenceEqual(Conversions.Read(path, options)), $"Seed {seed}: {string.Join(lineBreak, lines)}");
            using CsvFile file = CsvFile.Open(path, options);
            Assert.Equal(1, file.Columns.IndexOf("a b"));
            while (file.Read())
            {
                int line = lines.FindIndex(headerRow, text => text.Trim('"').StartsWith(file.Row.GetValue(0) + (quotesAll ? "\"" : string.Empty) + delimiter, StringComparison.Ordinal));
                Assert.Equal(lines.Take(line).Sum(text => 1 + text.Count(one => one == '\n')) + 1, file.Place.Line);
            }

            string Join(params string[] fields) => string.Join(delimiter, fields.Select(field =>
                quotesAll || field.Any(static one => one is '"' or '\n' or ',' or ';' or '\t' or '|') ? "\"" + field.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"" : field));
        }
    }

    [Theory]
    [InlineData("xl/workbook.xml", "an Excel workbook (.xlsx)", "Import-Excel")]
    [InlineData("content.xml", "an office document", "CSV")]
    [InlineData("workers.csv", "a ZIP archive", "Expand-Archive")]
    public void An_archive_is_said_to_be_what_it_is(string entry, string what, string advice)
    {
        string path = _directory.File("workers.csv");
        using (var archive = new ZipArchive(File.Create(path), ZipArchiveMode.Create))
        {
            archive.CreateEntry("first.txt");
            archive.CreateEntry(entry);
        }

        AssertNotCsv(path, what, advice);
    }

    [Fact]
    public void An_archive_that_is_cut_off_is_an_archive() => AssertNotCsv(_directory.Write("a.csv", "PK\u0003\u0004 and no end"), "a ZIP archive", "Unpack");

    public static TheoryData<byte[], string, string> Others => new()
    {
        { [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0], "an Excel workbook of the old kind (.xls)", "Import-Excel" },
        { [0x1F, 0x8B, 0x08, 0, 0, 0], "compressed with gzip", "Unpack it first" },
        { [.. "%PDF-1.7\n"u8], "a PDF document", "CSV" },
        { [.. "{\"value\":[{\"id\":1}]}"u8], "JSON", "ConvertFrom-Json" },
        { [.. "\r\n [\r\n  {\r\n  \"id\": 1"u8], "JSON", "ConvertFrom-Json" },
        { [0xEF, 0xBB, 0xBF, .. "{\n\"a\":1}\n{\"a\":2}\n"u8], "JSON", "ConvertFrom-Json" },
        { [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("[{\"id\":1}]")], "JSON", "ConvertFrom-Json" },
        { [.. "[]"u8], "JSON", "ConvertFrom-Json" },
        { [.. "<!DOCTYPE html>\n<html><head><title>Sign in to\n your account</title>"u8], "an HTML page with the title 'Sign in to your account'", "sign-in" },
        { [.. "\n<HTML lang=\"de\"><table>"u8], "an HTML page", "sign-in" },
        { [.. "<?xml version=\"1.0\"?><Report/>"u8], "XML", "[xml]" },
        { [.. "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">"u8], "an Excel workbook in XML", "CSV UTF-8" },
        { [.. "SQLite format 3\0"u8], "an SQLite database", "CSV" },
        { [.. "-----BEGIN PGP MESSAGE-----\n"u8], "encrypted with PGP", "Decrypt" },
    };

    [Theory]
    [MemberData(nameof(Others))]
    public void A_file_of_another_kind_is_said_to_be_what_it_is(byte[] content, string what, string advice) => AssertNotCsv(_directory.Write("a.csv", content), what, advice);

    [Theory]
    [InlineData("[Id],[Active],[Title]\r\n1,true,x\r\n", "[Id]")]
    [InlineData("{Id},{Active}\r\n1,true\r\n", "{Id}")]
    [InlineData("<Id>,<Active>\r\n1,true\r\n", "<Id>")]
    [InlineData("[1,2],3\r\n1,true,x\r\n", "[1")]
    [InlineData("{,Id\r\n1,true\r\n", "{")]
    [InlineData("PK,Name\r\n1,true\r\n", "PK")]
    [InlineData("%PDF,Name\r\n1,true\r\n", "%PDF")]
    [InlineData("<htmlName>,b\r\n1,2\r\n", "<htmlName>")]
    [InlineData("\"{\"\"a\"\":1}\",b\r\n1,2\r\n", "{\"a\":1}")]
    public void A_header_that_only_begins_like_another_kind_is_a_header(string text, string first)
    {
        using CsvFile file = CsvFile.Open(_directory.Write("a.csv", text), new CsvFileOptions());

        Assert.Equal(first, file.Columns.Names[0]);
    }

    [Theory]
    [InlineData("<table>\n<tr><td>Id</td></tr>\n</table>", "an HTML page")]
    [InlineData("<workers>\n<worker id=\"1\"/></workers>", "XML")]
    [InlineData("[\n\"a\"\n]", "JSON")]
    public void A_text_without_the_columns_of_the_mapping_that_looks_like_another_kind_is_said_to_be_that(string text, string what)
    {
        InboundProvisioningException fault = Assert.Throws<InboundProvisioningException>(() => Check(_directory.Write("a.csv", text)));

        Assert.Equal("NotCsv", fault.ErrorId);
        Assert.Contains(what, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("utf-16", "Unicode")]
    [InlineData("utf-16BE", "BigEndianUnicode")]
    [InlineData("utf-32", "UTF32")]
    [InlineData("utf-32BE", "utf-32BE")]
    public void Text_of_several_bytes_a_character_without_a_mark_is_a_fault_that_names_the_encoding(string name, string proposed)
    {
        Encoding encoding = Encoding.GetEncoding(name);
        foreach (string text in new[] { "Id,Name\r\n1,x\r\n", "\"Id\",\"Name\"\r\n\"1\",\"x\"\r\n", "\"Имя\";\"Номер\"\r\n\"Иван\";\"123\"\r\n" })
        {
            string path = _directory.Write("a.csv", encoding.GetBytes(text));

            InboundProvisioningException fault = Assert.Throws<InboundProvisioningException>(() => CsvFile.Open(path, new CsvFileOptions()));

            Assert.Equal("InvalidEncoding", fault.ErrorId);
            Assert.Contains("-Encoding " + proposed, fault.Message, StringComparison.Ordinal);
            Assert.Single(Conversions.Read(path, new CsvFileOptions { Encoding = TextEncodings.Parse(proposed), Delimiter = text.Contains(';') ? ';' : ',' }));
        }
    }

    [Theory]
    [InlineData("\"Employee\u00A0ID\",Name\r\n1,x\r\n")]
    [InlineData("Employee ID\u200B,Name\r\n1,x\r\n")]
    [InlineData("\uFEFF\uFEFFEmployee ID,Name\r\n1,x\r\n")]
    [InlineData("\"Employee\r\nID\",Name\r\n1,x\r\n")]
    public void A_header_with_hidden_characters_has_the_column_that_everybody_sees(string text)
    {
        using CsvFile file = CsvFile.Open(_directory.Write("a.csv", text), new CsvFileOptions());

        Assert.Equal(["Employee ID", "Name"], file.Columns.Names);
        Assert.Equal(0, file.Columns.IndexOf("Employee\u00A0ID"));
    }

    [Fact]
    public void Two_headers_that_look_the_same_are_a_fault_that_says_what_differs()
    {
        InboundProvisioningException fault = Assert.Throws<InboundProvisioningException>(
            () => CsvFile.Open(_directory.Write("a.csv", "Employee ID,Employee\u00A0ID\r\n1,2\r\n"), new CsvFileOptions()));

        Assert.Equal("RepeatedColumn", fault.ErrorId);
        Assert.Contains("U+00A0", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_missing_column_is_told_with_the_nearest_one_that_the_mapping_does_not_use()
    {
        string path = _directory.Write("a.csv", "Id,Aktive,Titel,Name\r\n1,true,x,y\r\n");

        string message = Assert.Throws<InboundProvisioningException>(() => Check(path)).Message;

        Assert.Contains("no column 'Active' (the nearest is 'Aktive'), 'Title' (the nearest is 'Titel'), which", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_column_that_looks_like_one_that_is_there_is_told_by_its_characters()
    {
        string path = _directory.Write("a.csv", "Id,\u0410ctive,Title\r\n1,true,x\r\n");

        Assert.Contains("character 1 is U+0041 in one and U+0410 in the other", Assert.Throws<InboundProvisioningException>(() => Check(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_without_braces_is_said_to_name_a_column()
    {
        AttributeMapping mapping = Of(("externalId", "Id"), ("emails", Mappings.Array(Complex(("type", "work"), ("value", "Mail")))), ("userType", "Employee"));
        string path = _directory.Write("a.csv", "Id,Mail,Works,Employer\r\n1,x,y,z\r\n");

        string message = Assert.Throws<InboundProvisioningException>(() => new CsvConversion([path], new ConversionOptions { Mapping = mapping }).CheckHeaders()).Message;

        Assert.Contains("Where emails[0].type is to be a constant text, it stands in braces: type = { 'work' }.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_that_no_column_is_near_may_be_a_constant()
    {
        string path = _directory.Write("a.csv", "Id,Mail\r\n1,x\r\n");

        string message = Assert.Throws<InboundProvisioningException>(
            () => new CsvConversion([path], new ConversionOptions { Mapping = Of(("externalId", "Id"), ("userType", "Contractor")) }).CheckHeaders()).Message;

        Assert.Contains("userType = { 'Contractor' }", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sep=;\r\nId;Active;Title\r\n1;maybe;x;;\r\n2;true;y\r\n", ';', "sep=;", null)]
    [InlineData("Id;Active;Title\r\n1;maybe;x; ;\"\";\"\r\n\"\r\n2;true;y\r\n", ';', "Id;Active;Title;RejectReason", ';')]
    [InlineData("Id,Active,Title\r\n1,maybe,x,,\r\n2,true,y\r\n", ',', "Id,Active,Title,RejectReason", null)]
    [InlineData("Id\tActive\tTitle\r\n1\tmaybe\tx\t \t\r\n2\ttrue\ty\r\n", '\t', "Id\tActive\tTitle\tRejectReason", '\t')]
    public void A_rejected_row_with_empty_surplus_fields_is_corrected_and_fed_in_again(string csv, char delimiter, string firstLine, char? given)
    {
        var options = new ConversionOptions { Mapping = Mapping, Csv = new CsvFileOptions { Delimiter = given } };
        string rejected = _directory.File("rejects.csv");
        using (RejectFile rejects = RejectFile.Open(rejected, given, append: false))
        {
            Assert.Equal(1, Conversions.Run(options, rejects, _directory.Write("a.csv", csv)).Operations);
        }

        Assert.Equal(firstLine, File.ReadAllLines(rejected)[0]);
        Assert.StartsWith($"1{delimiter}maybe{delimiter}x{delimiter}\"", File.ReadAllLines(rejected)[^1].Replace("a.csv", "\"", StringComparison.Ordinal), StringComparison.Ordinal);
        string corrected = _directory.Write("corrected.csv", File.ReadAllText(rejected).Replace("maybe", "true", StringComparison.Ordinal));
        RecordingObserver again = Conversions.Run(options, corrected);
        Assert.Empty(again.Rejected);
        Assert.Equal("x", again.Operations().Single().GetProperty("data").GetProperty("title").GetString());
    }

    [Fact]
    public void A_file_of_rejected_rows_has_no_last_records_to_leave_out()
    {
        string path = _directory.Write("rejects.csv", "Id,Active,Title,RejectReason\r\n1,true,x,\"a.csv, line 2: y\"\r\n2,true,x,\"a.csv, line 3: y\"\r\n");

        Assert.Equal(2, Conversions.Run(new ConversionOptions { Mapping = Mapping, Csv = new CsvFileOptions { SkipLast = 1 } }, path).Operations);
    }

    [Fact]
    public void Files_with_other_separators_do_not_share_a_file_of_rejected_rows()
    {
        string one = _directory.Write("a.csv", "sep=;\r\nId;Active;Title\r\n1;maybe;x\r\n");
        string other = _directory.Write("b.csv", "Id,Active,Title\r\n2,maybe,x\r\n");
        using RejectFile rejects = RejectFile.Open(_directory.File("rejects.csv"), null, append: false);

        Assert.Equal(
            "RejectFileColumns",
            Assert.Throws<InboundProvisioningException>(() => Conversions.Run(new ConversionOptions { Mapping = Mapping }, rejects, one, other)).ErrorId);
    }

    private static void Check(string path, CsvFileOptions? options = null) =>
        new CsvConversion([path], new ConversionOptions { Mapping = Mapping, Csv = options ?? new CsvFileOptions() }).CheckHeaders();

    private static void AssertNotCsv(string path, string what, string advice)
    {
        InboundProvisioningException fault = Assert.Throws<InboundProvisioningException>(() => CsvFile.Open(path, new CsvFileOptions()));

        Assert.Equal(("NotCsv", FaultKind.InvalidData), (fault.ErrorId, fault.Kind));
        Assert.Contains(path, fault.Message, StringComparison.Ordinal);
        Assert.Contains(what, fault.Message, StringComparison.Ordinal);
        Assert.Contains(advice, fault.Message, StringComparison.Ordinal);
    }
}
