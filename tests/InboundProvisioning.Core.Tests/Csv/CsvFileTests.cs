using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using InboundProvisioning.Core.Tests.Support;
using InboundProvisioning.Csv;

namespace InboundProvisioning.Core.Tests.Csv;

public sealed class CsvFileTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    public static TheoryData<string> MarkedEncodings => new("utf-8", "utf-16", "utf-16BE", "utf-32", "utf-32BE");

    [Theory]
    [MemberData(nameof(MarkedEncodings))]
    public void A_byte_order_mark_tells_the_encoding(string name)
    {
        Encoding encoding = Encoding.GetEncoding(name);
        string path = _directory.Write("a.csv", [.. encoding.GetPreamble(), .. encoding.GetBytes("Näme,City\r\nŁukasz 𝒜,\"Zürich, \"\"ZH\"\"\"\r\n")]);

        using CsvFile file = CsvFile.Open(path, new CsvFileOptions());

        Assert.Equal(["Näme", "City"], file.Columns.Names);
        Assert.True(file.Read());
        Assert.Null(file.Fault);
        Assert.Equal("Łukasz 𝒜", file.Row.GetValue(0));
        Assert.Equal("Zürich, \"ZH\"", file.Row.GetValue(1));
        Assert.False(file.Read());
    }

    [Theory]
    [MemberData(nameof(MarkedEncodings))]
    public void A_byte_order_mark_counts_more_than_the_encoding_that_is_asked_for(string name)
    {
        Encoding encoding = Encoding.GetEncoding(name);
        string path = _directory.Write("a.csv", [.. encoding.GetPreamble(), .. encoding.GetBytes("A\r\né\r\n")]);

        Assert.Equal(["é"], Conversions.Read(path, new CsvFileOptions { Encoding = Encoding.Latin1 }));
    }

    [Theory]
    [InlineData("windows-1252", "Müller – 50 €")]
    [InlineData("1251", "Иванов")]
    [InlineData("iso-8859-2", "Łukasz")]
    [InlineData("shift_jis", "山田")]
    [InlineData("gb18030", "王小明")]
    [InlineData("ibm437", "ñ░")]
    public void Code_pages_are_read(string name, string value)
    {
        Encoding encoding = TextEncodings.Parse(name);
        string path = _directory.Write("a.csv", encoding.GetBytes($"Name\r\n{value}\r\n"));

        Assert.Equal([value], Conversions.Read(path, new CsvFileOptions { Encoding = encoding }));
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_fault_their_row_alone_and_name_line_column_and_remedy()
    {
        string path = _directory.Write("a.csv", [.. "Id,Name\r\n1,ok\r\n2,M"u8, 0xFC, .. "ller\r\n3,ok\r\n"u8]);

        using CsvFile file = CsvFile.Open(path, new CsvFileOptions());

        Assert.True(file.Read());
        Assert.Null(file.Fault);
        Assert.True(file.Read());
        Assert.Equal("InvalidEncoding", file.Fault?.ErrorId);
        Assert.Contains("'Name'", file.Fault!.Reason, StringComparison.Ordinal);
        Assert.Contains("-Encoding Windows-1252", file.Fault.Reason, StringComparison.Ordinal);
        Assert.Equal(3, file.Place.Line);
        Assert.Contains((byte)0xFC, file.Source.Raw!);
        Assert.True(file.Read());
        Assert.Null(file.Fault);
    }

    [Theory]
    [InlineData(new byte[] { 0xC0, 0xAF })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData(new byte[] { 0xF4, 0x90, 0x80, 0x80 })]
    [InlineData(new byte[] { 0xE2, 0x82 })]
    [InlineData(new byte[] { 0x80 })]
    [InlineData(new byte[] { 0xFF })]
    public void Overlong_surrogate_truncated_and_stray_bytes_are_not_UTF8(byte[] bytes)
    {
        string path = _directory.Write("a.csv", [.. "Id,Name\r\n1,"u8, .. bytes, .. "\r\n2,\""u8, .. bytes, .. "\"\r\n"u8]);

        Assert.Equal(["InvalidEncoding", "InvalidEncoding"], Conversions.Read(path));
    }

    [Fact]
    public void A_header_that_is_not_UTF8_is_a_fault_that_names_the_line_and_the_remedy()
    {
        string path = _directory.Write("a.csv", [.. "Id,Stra"u8, 0xDF, .. "e\r\n1,x\r\n"u8]);

        InboundProvisioningException fault = Assert.Throws<InboundProvisioningException>(() => CsvFile.Open(path, new CsvFileOptions()));

        Assert.Equal("InvalidEncoding", fault.ErrorId);
        Assert.Contains("line 1", fault.Message, StringComparison.Ordinal);
        Assert.Contains("-Encoding Windows-1252", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_another_encoding_does_not_have_end_the_file_with_a_fault()
    {
        string path = _directory.Write("a.csv", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("A\r\nx\r\n"), 0x00, 0xD8, .. Encoding.Unicode.GetBytes("\r\ny\r\n")]);

        InboundProvisioningException fault = Assert.Throws<InboundProvisioningException>(() => Conversions.Read(path));

        Assert.Equal("InvalidEncoding", fault.ErrorId);
        Assert.Contains("-Encoding", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "EmptyFile")]
    [InlineData("\uFEFF", "EmptyFile")]
    [InlineData("\r\n\r\n", "EmptyFile")]
    [InlineData("A,B,a\r\n1,2,3\r\n", "RepeatedColumn")]
    [InlineData("A, A\r\n1,2\r\n", "RepeatedColumn")]
    [InlineData("H1,\r\n1,2\r\n", "RepeatedColumn")]
    [InlineData("A,\"B\r\n1,2\r\n", "MalformedHeader")]
    [InlineData("A,B\"C\r\n1,2\r\n", "MalformedHeader")]
    [InlineData("A,\"B\"x\r\n1,2\r\n", "MalformedHeader")]
    [InlineData("A,B\0\r\n1,2\r\n", "InvalidEncoding")]
    public void A_header_that_cannot_be_used_is_a_fault(string text, string errorId)
    {
        string path = _directory.Write("a.csv", text);

        InboundProvisioningException fault = Assert.Throws<InboundProvisioningException>(() => CsvFile.Open(path, new CsvFileOptions()));

        Assert.Equal(errorId, fault.ErrorId);
        Assert.Contains(path, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void UTF16_without_a_mark_is_a_fault_that_proposes_the_encoding()
    {
        string path = _directory.Write("a.csv", Encoding.Unicode.GetBytes("Id,Name\r\n1,x\r\n"));

        InboundProvisioningException fault = Assert.Throws<InboundProvisioningException>(() => CsvFile.Open(path, new CsvFileOptions()));

        Assert.Contains("-Encoding Unicode", fault.Message, StringComparison.Ordinal);
        Assert.Equal(["1|x"], Conversions.Read(path, new CsvFileOptions { Encoding = TextEncodings.Parse("Unicode") }));
    }

    [Fact]
    public void Columns_without_a_name_are_numbered()
    {
        string path = _directory.Write("a.csv", "A,, ,B\r\n1,2,3,4\r\n");

        using CsvFile file = CsvFile.Open(path, new CsvFileOptions());

        Assert.Equal(["A", "H1", "H2", "B"], file.Columns.Names);
        Assert.Equal(2, file.UnnamedColumns);
    }

    [Fact]
    public void Names_of_columns_lose_their_quotes_and_outer_spaces_and_match_in_any_case()
    {
        string path = _directory.Write("a.csv", "\"Worker ID\", Name ,\"a\"\"b\"\r\n1,2,3\r\n");

        using CsvFile file = CsvFile.Open(path, new CsvFileOptions());

        Assert.Equal(["Worker ID", "Name", "a\"b"], file.Columns.Names);
        Assert.Equal(0, file.Columns.IndexOf("WORKER id"));
        Assert.Equal(-1, file.Columns.IndexOf("WorkerID"));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Every_line_break_ends_a_record_and_the_last_may_lack_it(string lineBreak)
    {
        string path = _directory.Write("a.csv", string.Join(lineBreak, "A,B", "1,2", string.Empty, "3,\"4" + lineBreak + "5\"", "6,7"));

        using CsvFile file = CsvFile.Open(path, new CsvFileOptions());
        var lines = new List<long>();
        while (file.Read())
        {
            Assert.Null(file.Fault);
            lines.Add(file.Place.Line);
        }

        Assert.Equal([2, 4, 6], lines);
        Assert.Equal(["1|2", "3|4" + lineBreak + "5", "6|7"], Conversions.Read(path));
    }

    [Fact]
    public void Spaces_and_NULs_of_values_are_kept()
    {
        string path = _directory.Write("a.csv", "A,B\r\n x ,y\0z\r\n\" q \",\t\r\n");

        Assert.Equal([" x |y\0z", " q |\t"], Conversions.Read(path));
    }

    [Theory]
    [InlineData("1,2\"3\r\n", "A quote stands inside")]
    [InlineData("1,\"2\"3\r\n", "Text follows the closing quote")]
    public void A_malformed_record_is_a_fault_and_the_next_ones_are_read(string record, string sentence)
    {
        string path = _directory.Write("a.csv", "A,B\r\n7,8\r\n" + record + "4,5\r\n");

        using CsvFile file = CsvFile.Open(path, new CsvFileOptions());

        Assert.True(file.Read());
        Assert.Null(file.Fault);
        Assert.True(file.Read());
        Assert.Equal("MalformedCsv", file.Fault?.ErrorId);
        Assert.StartsWith(sentence, file.Fault!.Reason, StringComparison.Ordinal);
        Assert.Equal(3, file.Place.Line);
        Assert.Equal(record.TrimEnd(), Encoding.UTF8.GetString(file.Source.Raw!));
        Assert.True(file.Read());
        Assert.Null(file.Fault);
        Assert.Equal("4", file.Row.GetValue(0));
        Assert.Equal(4, file.Place.Line);
        Assert.False(file.Read());
        Assert.False(file.Read());
    }

    [Fact]
    public void A_quote_that_is_never_closed_faults_the_record_that_opens_it()
    {
        string path = _directory.Write("a.csv", "A,B\r\n1,2\r\n3,\"4\r\n5,6\r\n");

        using CsvFile file = CsvFile.Open(path, new CsvFileOptions());

        Assert.True(file.Read());
        Assert.Null(file.Fault);
        Assert.True(file.Read());
        Assert.Equal("MalformedCsv", file.Fault?.ErrorId);
        Assert.Equal(3, file.Place.Line);
        Assert.False(file.Read());
    }

    [Fact]
    public void A_record_of_more_than_16_MB_ends_the_file_with_a_fault_that_names_its_line()
    {
        string path = _directory.Write("a.csv", "A,B\r\n1,2\r\n3,\"" + new string('x', CsvFile.MaxRecordBytes * 5 / 4) + "\"\r\n5,6\r\n");

        using CsvFile file = CsvFile.Open(path, new CsvFileOptions());

        Assert.True(file.Read());
        InboundProvisioningException fault = Assert.Throws<InboundProvisioningException>(() => file.Read());
        Assert.Equal("RecordTooLong", fault.ErrorId);
        Assert.Contains("line 3", fault.Message, StringComparison.Ordinal);
        Assert.False(file.Read());
    }

    [Fact]
    public void A_malformed_record_just_before_one_that_ends_the_file_is_not_lost()
    {
        string path = _directory.Write("a.csv", "A,B\r\n1,2\"x\r\n3,\"" + new string('x', CsvFile.MaxRecordBytes * 5 / 4) + "\"\r\n");

        using CsvFile file = CsvFile.Open(path, new CsvFileOptions());

        Assert.True(file.Read());
        Assert.Equal("MalformedCsv", file.Fault?.ErrorId);
        Assert.Equal("RecordTooLong", Assert.Throws<InboundProvisioningException>(() => file.Read()).ErrorId);
    }

    [Fact]
    public void Rows_with_too_few_or_too_many_fields_are_faults()
    {
        string path = _directory.Write("a.csv", "A,B,C\r\n1,2\r\n1,2,3\r\n1,2,3,4\r\n x\r\n");

        Assert.Equal(["TooFewFields", "1|2|3", "TooManyFields", "TooFewFields"], Conversions.Read(path));
    }

    [Fact]
    public void Ragged_rows_can_be_allowed()
    {
        string path = _directory.Write("a.csv", "A,B,C\r\n1,2\r\n1,2,3,4\r\n");

        Assert.Equal(["1|2|<none>", "1|2|3"], Conversions.Read(path, new CsvFileOptions { AllowRaggedRow = true }));
    }

    [Theory]
    [InlineData("#TYPE Selected.System.Management.Automation.PSCustomObject\r\n")]
    [InlineData("#TYPE System.Data.DataRow\n")]
    public void The_type_line_of_Export_Csv_is_passed_over_and_counted(string typeLine)
    {
        string path = _directory.Write("a.csv", typeLine + "A,B\r\n1,2\r\n3\r\n");

        using CsvFile file = CsvFile.Open(path, new CsvFileOptions());

        Assert.Equal(["A", "B"], file.Columns.Names);
        Assert.True(file.Read());
        Assert.Equal(3, file.Place.Line);
        Assert.True(file.Read());
        Assert.Equal(4, file.Place.Line);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void The_type_line_is_passed_over_in_every_encoding(string name)
    {
        Encoding encoding = Encoding.GetEncoding(name);
        string path = _directory.Write("a.csv", [.. encoding.GetPreamble(), .. encoding.GetBytes("#TYPE System.String\r\nA,B\r\n1,2\r\n")]);

        using CsvFile file = CsvFile.Open(path, new CsvFileOptions());

        Assert.Equal(["A", "B"], file.Columns.Names);
        Assert.True(file.Read());
        Assert.Equal(3, file.Place.Line);
    }

    [Theory]
    [InlineData(';')]
    [InlineData('\t')]
    [InlineData('|')]
    [InlineData(':')]
    [InlineData(' ')]
    [InlineData('x')]
    [InlineData('\'')]
    public void Any_ASCII_separator_works(char delimiter)
    {
        string path = _directory.Write("a.csv", $"A{delimiter}B\r\n1,1{delimiter}\"{delimiter}\"\r\n");

        Assert.Equal(["1,1|" + delimiter], Conversions.Read(path, new CsvFileOptions { Delimiter = delimiter }));
    }

    [Theory]
    [InlineData("A;B\r\n1;2\r\n", ';')]
    [InlineData("A\tB\r\n1\t2\r\n", '\t')]
    [InlineData("A|B|C\r\n1|2|3\r\n", '|')]
    [InlineData("A:B\r\n1:2\r\n", null)]
    [InlineData("A;C\r\n1;2\r\n", null)]
    [InlineData("A,B\r\n1,2\r\n", null)]
    public void The_separator_that_would_fit_is_found(string text, char? delimiter)
    {
        string path = _directory.Write("a.csv", text);

        Assert.Equal(delimiter, CsvHeaderPlace.Find(path, new CsvFileOptions(), ["b", "A"], missing: 2)?.Delimiter);
    }

    [Fact]
    public void The_comma_is_found_too()
    {
        string path = _directory.Write("a.csv", "A,B\r\n1,2\r\n");

        Assert.Equal(',', CsvHeaderPlace.Find(path, new CsvFileOptions { Delimiter = ';' }, ["A", "B"], missing: 2)?.Delimiter);
    }

    [Fact]
    public void A_header_without_rows_is_a_file_without_rows()
    {
        Assert.Empty(Conversions.Read(_directory.Write("a.csv", "A,B")));
        Assert.Empty(Conversions.Read(_directory.Write("b.csv", "A,B\r\n\r\n\r\n")));
    }

    [Fact]
    public void A_file_that_another_program_has_open_for_writing_is_read()
    {
        string path = _directory.Write("a.csv", "A\r\n1\r\n");
        using var other = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);

        Assert.Equal(["1"], Conversions.Read(path));
    }

    [Fact]
    public void A_type_line_that_never_ends_does_not_hold_up_the_run()
    {
        string path = _directory.Write("a.csv", [.. "#TYPE "u8, .. Enumerable.Repeat((byte)'x', 50 * 1024 * 1024)]);
        var running = System.Diagnostics.Stopwatch.StartNew();

        Assert.Throws<InboundProvisioningException>(() => CsvFile.Open(path, new CsvFileOptions()));
        Assert.True(running.Elapsed < TimeSpan.FromSeconds(5), running.Elapsed.ToString());
    }

    [Fact]
    public void The_text_of_a_row_is_handed_out_as_UTF8()
    {
        string path = _directory.Write("a.csv", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("A,B\r\n\"é\"\"\",x\r\n")]);

        using CsvFile file = CsvFile.Open(path, new CsvFileOptions());

        Assert.True(file.Read());
        Assert.True(file.Row.TryGetText(0, out ReadOnlySpan<byte> text));
        Assert.Equal("é\"", Encoding.UTF8.GetString(text));
        Assert.Equal("\"é\"\"\",x", Encoding.UTF8.GetString(file.Source.Raw!));
    }
}
