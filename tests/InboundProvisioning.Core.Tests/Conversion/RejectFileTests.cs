using System;
using System.IO;
using System.Linq;
using System.Text;
using InboundProvisioning.Conversion;
using InboundProvisioning.Core.Tests.Support;
using InboundProvisioning.Csv;
using InboundProvisioning.Mapping;
using static InboundProvisioning.Core.Tests.Support.Mappings;

namespace InboundProvisioning.Core.Tests.Conversion;

public sealed class RejectFileTests : IDisposable
{
    private static readonly ConversionOptions Options = new() { Mapping = Of(("externalId", "Id"), ("active", "Active"), ("title", "Title")) };

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    private string Rejects => _directory.File("rejects.csv");

    [Fact]
    public void Rejected_rows_stand_as_in_the_source_with_the_reason_last()
    {
        string path = _directory.Write(
            "a.csv", "Id,Active,Title\r\n1,true,ok\r\n2,maybe,\" kept, \"\"as\r\nis\"\"\"\r\n,true,x\r\n1,no,y\r\n5,yes\r\n6,yes,a,b\r\n7,yes,a\"b\r\n8,yes,ok\r\n");

        RecordingObserver run = Convert(path, append: false);

        Assert.Equal(2, run.Operations);
        Assert.Equal(
            [
                "Id,Active,Title,RejectReason",
                "2,maybe,\" kept, \"\"as",
                "is\"\"\",\"a.csv, line 3, attribute active: The value 'maybe' is none of true, false, yes, no, t, f, y, n, 1 and 0. If it is the text that means true, compare: active = { $_.Active -eq 'maybe' }.\"",
                ",true,x,\"a.csv, line 5, attribute externalId: The value is empty, so the record cannot be matched to an account.\"",
                "1,no,y,\"a.csv, line 6, attribute externalId: '1' stands in a.csv, line 2 already. Two records of one person race, so the later one is rejected; -RepeatedRecord and -Prefer choose another way.\"",
                "5,yes,\"a.csv, line 7: The row has fewer fields than the header: 2 of 3. -AllowRaggedRow takes the missing ones as null.\"",
                "6,yes,a,b,\"a.csv, line 8: The row has more fields than the header: 4 for 3. -AllowRaggedRow drops the extra ones.\"",
                "7,yes,a\"b,\"a.csv, line 9: A quote stands inside a field that is not quoted.\"",
            ],
            File.ReadAllLines(Rejects));
    }

    [Theory]
    [InlineData("Id,Active\r\n1,true\r\n")]
    [InlineData("@{ externalId = 'Id' }")]
    [InlineData("no,\"header")]
    public void A_file_of_something_else_is_not_replaced(string content)
    {
        File.WriteAllText(Rejects, content);

        var fault = Assert.Throws<InboundProvisioningException>(() => RejectFile.Open(Rejects, ',', append: false));

        Assert.Equal("NotARejectFile", fault.ErrorId);
        Assert.Equal(content, File.ReadAllText(Rejects));
    }

    [Fact]
    public void A_corrected_file_is_fed_in_again_and_the_rest_is_rejected_again_with_the_new_reason_alone()
    {
        string path = _directory.Write("a.csv", "Id,Active,Title\r\n2,maybe,\"x, y\"\r\n3,perhaps,\"q\"\"\"\r\n5,yes\r\n6,yes,a,b\r\n7,yes,a\"b\r\n");
        Convert(path, append: false);
        string corrected = _directory.Write("corrected.csv", File.ReadAllText(Rejects).Replace("2,maybe", "2,yes", StringComparison.Ordinal));

        RecordingObserver run = Convert(corrected, append: false);

        Assert.Equal(1, run.Operations);
        Assert.Equal(
            ["InvalidBoolean", "TooFewFields", "TooManyFields", "MalformedCsv"],
            run.Rejected.Select(row => row.Fault.ErrorId));
        string[] lines = File.ReadAllLines(Rejects);
        Assert.Equal("Id,Active,Title,RejectReason", lines[0]);
        Assert.Equal(5, lines.Length);
        Assert.StartsWith("3,perhaps,\"q\"\"\",\"corrected.csv, line 3,", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("5,yes,\"corrected.csv, line 4:", lines[2], StringComparison.Ordinal);
        Assert.StartsWith("6,yes,a,b,\"corrected.csv, line 5:", lines[3], StringComparison.Ordinal);
        Assert.StartsWith("7,yes,a\"b,\"corrected.csv, line 6:", lines[4], StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_of_another_encoding_are_read_again_with_the_same_settings()
    {
        var options = new ConversionOptions { Mapping = Options.Mapping, Csv = new CsvFileOptions { Encoding = TextEncodings.Parse("windows-1252") } };
        string path = _directory.Write("a.csv", TextEncodings.Parse("windows-1252").GetBytes("Id,Active,Title\r\n1,maybe,Müller €\r\n"));
        using (RejectFile rejects = RejectFile.Open(Rejects, ',', append: false))
        {
            Conversions.Run(options, rejects, path);
        }

        string corrected = _directory.Write("corrected.csv", [.. Corrected(File.ReadAllBytes(Rejects))]);
        RecordingObserver run = Conversions.Run(options, corrected);

        Assert.Equal("Müller €", run.Operations().Single().GetProperty("data").GetProperty("title").GetString());

        static byte[] Corrected(byte[] bytes) =>
            TextEncodings.Parse("latin1").GetBytes(TextEncodings.Parse("latin1").GetString(bytes).Replace("maybe", "true", StringComparison.Ordinal));
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_stay_as_they_are()
    {
        string path = _directory.Write("a.csv", [.. "Id,Active,Title\r\n1,true,M"u8, 0xFC, .. "ller\r\n"u8]);

        Convert(path, append: false);

        Assert.Contains((byte)0xFC, File.ReadAllBytes(Rejects));
        Assert.Equal("InvalidEncoding", Assert.Single(Convert(Rejects, append: false, target: _directory.File("again.csv")).Rejected).Fault.ErrorId);
    }

    [Fact]
    public void A_file_is_replaced_unless_rows_are_added()
    {
        string path = _directory.Write("a.csv", "Id,Active,Title\r\n1,x,t\r\n");

        Convert(path, append: true);
        Convert(path, append: true);
        Assert.Equal(3, File.ReadAllLines(Rejects).Length);
        Assert.Single(File.ReadAllLines(Rejects), line => line.Contains("RejectReason", StringComparison.Ordinal));
        Assert.Equal(2, Conversions.Read(Rejects).Count);
        Convert(path, append: false);
        Assert.Equal(2, File.ReadAllLines(Rejects).Length);
    }

    [Fact]
    public void Rows_are_added_after_a_last_line_that_lacks_its_break()
    {
        string path = _directory.Write("a.csv", "Id,Active,Title\r\n1,x,t\r\n");
        _directory.Write("rejects.csv", "Id,Active,Title,RejectReason\r\n0,y,t,because");

        Convert(path, append: true);

        Assert.Equal(["0|y|t|because"], Conversions.Read(Rejects).Take(1));
        Assert.Equal(2, Conversions.Read(Rejects).Count);
    }

    [Fact]
    public void Rows_are_added_to_an_empty_file_with_a_header()
    {
        string path = _directory.Write("a.csv", "Id,Active,Title\r\n1,x,t\r\n");
        _directory.Write("rejects.csv", string.Empty);

        Convert(path, append: true);

        Assert.Equal("Id,Active,Title,RejectReason", File.ReadLines(Rejects).First());
    }

    [Fact]
    public void Rows_are_added_to_reject_files_only()
    {
        string other = _directory.Write("other.csv", "Id,Active,Title\r\n1,true,precious\r\n");

        InboundProvisioningException fault = Assert.Throws<InboundProvisioningException>(() => RejectFile.Open(other, ',', append: true));

        Assert.Equal("NotARejectFile", fault.ErrorId);
        Assert.Contains("precious", File.ReadAllText(other), StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_with_other_columns_are_refused_before_anything_is_converted()
    {
        string one = _directory.Write("a.csv", "Id,Active,Title\r\n1,true,t\r\n");
        string other = _directory.Write("b.csv", "Id,Active,Title,More\r\n2,true,t,m\r\n");
        var observer = new RecordingObserver();

        using RejectFile rejects = RejectFile.Open(Rejects, ',', append: false);
        InboundProvisioningException fault = Assert.Throws<InboundProvisioningException>(
            () => new CsvConversion([one, other], new ConversionOptions { Mapping = Options.Mapping, OperationsPerRequest = 1 })
                .Run(observer, rejects, default));

        Assert.Equal("RejectFileColumns", fault.ErrorId);
        Assert.Contains("b.csv", fault.Message, StringComparison.Ordinal);
        Assert.Empty(observer.Requests);
    }

    [Fact]
    public void Added_rows_with_other_columns_are_refused_and_leave_the_file_as_it_was()
    {
        _directory.Write("rejects.csv", "Id,Other,RejectReason\r\n0,y,because\r\n");
        string path = _directory.Write("a.csv", "Id,Active,Title\r\n1,x,t\r\n");

        Assert.Equal("RejectFileColumns", Assert.Throws<InboundProvisioningException>(() => Convert(path, append: true)).ErrorId);
        Assert.Equal("Id,Other,RejectReason\r\n0,y,because\r\n", File.ReadAllText(Rejects));
    }

    [Fact]
    public void Values_that_need_quotes_get_them_with_the_separator_in_use()
    {
        using (RejectFile rejects = RejectFile.Open(Rejects, ';', append: false))
        {
            rejects.SetColumns(["a;b", "c\"d"], ';', "objects");
            rejects.Add(new KeptRecord(new SourceRecord(["1;2", "3\r\n4"]), HasReason: false), "why; \"so\"");
            rejects.Add(new KeptRecord(new SourceRecord([null, ""]), HasReason: false), "x");
        }

        Assert.Equal(["1;2|3\r\n4|why; \"so\"", "||x"], Conversions.Read(Rejects, new CsvFileOptions { Delimiter = ';' }));
    }

    private RecordingObserver Convert(string path, bool append, string? target = null)
    {
        using RejectFile rejects = RejectFile.Open(target ?? Rejects, ',', append);
        return Conversions.Run(Options, rejects, path);
    }
}
