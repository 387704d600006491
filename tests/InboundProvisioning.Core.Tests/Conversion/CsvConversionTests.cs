using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using InboundProvisioning.Conversion;
using InboundProvisioning.Core.Tests.Support;
using InboundProvisioning.Csv;
using InboundProvisioning.Mapping;
using static InboundProvisioning.Core.Tests.Support.Mappings;

namespace InboundProvisioning.Core.Tests.Conversion;

public sealed class CsvConversionTests : IDisposable
{
    private static readonly AttributeMapping Mapping = Of(("externalId", "Id"), ("active", Constant(true)), ("title", "Title"));

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Several_files_are_one_run_whatever_the_order_of_their_columns()
    {
        string one = _directory.Write("a.csv", "Id,Title\r\n1,a\r\n2,b\r\n");
        string other = _directory.Write("b.csv", "Title,More,Id\r\nc,x,3\r\nd,x,2\r\n");
        var conversion = new CsvConversion([one, other], new ConversionOptions { Mapping = Mapping });
        var observer = new RecordingObserver();

        Assert.Empty(conversion.CheckHeaders());
        ConversionSummary summary = conversion.Run(observer, rejects: null, CancellationToken.None);

        Assert.Single(observer.Requests);
        Assert.Equal(["1a", "2b", "3c"], observer.Operations().Select(operation =>
            operation.GetProperty("bulkId").GetString() + operation.GetProperty("data").GetProperty("title").GetString()));
        Assert.Equal("b.csv, line 3", Assert.Single(observer.Rejected).Place.ToString());
        Assert.Equal((4, 1), (summary.Rows, summary.RejectedRows));
        Assert.Equal(new ConversionProgress(4, new FileInfo(one).Length + new FileInfo(other).Length, new FileInfo(one).Length + new FileInfo(other).Length),
            observer.Progress[^1]);
    }

    [Fact]
    public void The_same_input_gives_the_same_bytes()
    {
        var csv = new StringBuilder("Id,Title\r\n");
        for (int i = 0; i < 500; i++)
        {
            csv.Append(CultureInfo.InvariantCulture, $"{i % 400},\"t{i} \"\"x\"\"\"\r\n");
        }

        string path = _directory.Write("a.csv", csv.ToString());
        var options = new ConversionOptions { Mapping = Mapping, ScimSchemaNamespace = CustomUrn };

        RecordingObserver first = Conversions.Run(options, path);
        RecordingObserver second = Conversions.Run(options, path);

        Assert.Equal(first.Requests, second.Requests);
        Assert.Equal(8, first.Requests.Count);
        Assert.Equal(first.Rejected.Select(row => row.ToString()), second.Rejected.Select(row => row.ToString()));
    }

    [Fact]
    public void A_request_over_4_MB_is_split_and_a_record_over_4_MB_is_rejected()
    {
        string megabyte = new('x', 1_000_000);
        var csv = new StringBuilder("Id,Title\r\n");
        for (int i = 1; i <= 9; i++)
        {
            csv.Append(CultureInfo.InvariantCulture, $"{i},{megabyte}\r\n");
        }

        csv.Append("10,").Insert(csv.Length, megabyte, 4).Append("\r\n11,small\r\n");

        RecordingObserver run = Conversions.Run(new ConversionOptions { Mapping = Mapping }, _directory.Write("a.csv", csv.ToString()));

        Assert.All(run.Requests, request => Assert.InRange(Encoding.UTF8.GetByteCount(request), 1, 4_000_000));
        Assert.Equal(3, run.Requests.Count);
        Assert.Equal(10, run.Operations);
        Assert.Equal("RecordTooLarge", Assert.Single(run.Rejected).Fault.ErrorId);
    }

    [Fact]
    public void A_missing_column_is_a_fault_that_shows_the_header_as_read()
    {
        string path = _directory.Write("a.csv", "Id,Titel\r\n1,a\r\n");

        InboundProvisioningException fault = Assert.Throws<InboundProvisioningException>(
            () => new CsvConversion([path], new ConversionOptions { Mapping = Mapping }).CheckHeaders());

        Assert.Equal(("ColumnNotFound", FaultKind.NotFound), (fault.ErrorId, fault.Kind));
        Assert.Contains("no column 'Title'", fault.Message, StringComparison.Ordinal);
        Assert.Contains("'Id', 'Titel'", fault.Message, StringComparison.Ordinal);
        Assert.Contains("-AllowMissingColumn", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("-Delimiter", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(';', "-Delimiter ';'")]
    [InlineData('\t', "-Delimiter \"`t\"")]
    [InlineData('|', "-Delimiter '|'")]
    public void A_missing_column_proposes_the_separator_that_fits(char delimiter, string advice)
    {
        string path = _directory.Write("a.csv", $"Id{delimiter}Title\r\n1{delimiter}a\r\n");

        InboundProvisioningException fault = Assert.Throws<InboundProvisioningException>(
            () => new CsvConversion([path], new ConversionOptions { Mapping = Mapping }).CheckHeaders());

        Assert.Contains(advice, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_column_in_any_of_the_files_stops_before_the_first()
    {
        string good = _directory.Write("a.csv", "Id,Title\r\n1,a\r\n");
        string bad = _directory.Write("b.csv", "Id\r\n1\r\n");

        InboundProvisioningException fault = Assert.Throws<InboundProvisioningException>(
            () => new CsvConversion([good, bad], new ConversionOptions { Mapping = Mapping }).CheckHeaders());

        Assert.Contains("b.csv", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_column_can_be_allowed_and_is_null()
    {
        string path = _directory.Write("a.csv", "Id\r\n1\r\n");
        var options = new ConversionOptions { Mapping = Mapping, AllowMissingColumn = true };

        Assert.Contains("'Title'", Assert.Single(new CsvConversion([path], options).CheckHeaders()), StringComparison.Ordinal);
        Assert.EndsWith("\"title\":null}", Assert.Single(Conversions.Run(options, path).Data()), StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_without_a_name_give_a_warning()
    {
        string path = _directory.Write("a.csv", "Id,Title,\r\n1,a,\r\n");

        Assert.Contains("H1", Assert.Single(new CsvConversion([path], new ConversionOptions { Mapping = Mapping }).CheckHeaders()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_mapping_that_cannot_be_carried_out_is_found_with_the_headers()
    {
        string path = _directory.Write("a.csv", "Id\r\n1\r\n");

        Assert.Equal(
            "InvalidConstant",
            Assert.Throws<InboundProvisioningException>(
                () => new CsvConversion([path], new ConversionOptions { Mapping = Of(("active", Constant("maybe"))) }).CheckHeaders()).ErrorId);
    }

    [Fact]
    public void A_file_that_becomes_unreadable_is_given_up_and_the_next_one_goes_on()
    {
        string bad = _directory.Write("a.csv", "Id,Title\r\n1,a\r\n2,\"" + new string('x', CsvFile.MaxRecordBytes * 5 / 4) + "\r\n3,c\r\n");
        string good = _directory.Write("b.csv", "Id,Title\r\n4,d\r\n");

        RecordingObserver run = Conversions.Run(new ConversionOptions { Mapping = Mapping }, bad, good);

        Assert.Equal("RecordTooLong", Assert.Single(run.FileFaults).ErrorId);
        Assert.Equal(["1", "4"], run.Operations().Select(operation => operation.GetProperty("bulkId").GetString()));
    }

    [Fact]
    public void A_header_without_rows_gives_no_request()
    {
        RecordingObserver run = Conversions.Run(new ConversionOptions { Mapping = Mapping }, _directory.Write("a.csv", "Id,Title\r\n"));

        Assert.Empty(run.Requests);
        Assert.Empty(run.Rejected);
    }

    [Fact]
    public void Cancelling_ends_the_run_between_requests()
    {
        string path = _directory.Write("a.csv", "Id,Title\r\n1,a\r\n2,b\r\n3,c\r\n");
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();
        var observer = new RecordingObserver();

        Assert.Throws<OperationCanceledException>(
            () => new CsvConversion([path], new ConversionOptions { Mapping = Mapping, OperationsPerRequest = 1 }).Run(observer, null, cancellation.Token));

        Assert.True(observer.Operations <= 1);
    }

    [Fact]
    public void Ragged_rows_give_null_and_lose_what_is_too_much()
    {
        var options = new ConversionOptions { Mapping = Mapping, Csv = new CsvFileOptions { AllowRaggedRow = true } };

        Assert.Equal(
            [",\"title\":null}", ",\"title\":\"b\"}"],
            Conversions.Run(options, _directory.Write("a.csv", "Id,Title\r\n1\r\n2,b,c\r\n")).Data().Select(data => data[data.IndexOf(",\"title\"", StringComparison.Ordinal)..]));
    }

    [Fact]
    public void A_Boolean_that_a_ragged_row_lacks_is_a_fault_of_the_row()
    {
        var options = new ConversionOptions { Mapping = Of(("title", "T"), ("active", "A")), Csv = new CsvFileOptions { AllowRaggedRow = true } };

        Assert.Equal("EmptyBoolean", Assert.Single(Conversions.Run(options, _directory.Write("a.csv", "T,A\r\nx\r\n")).Rejected).Fault.ErrorId);
    }
}
