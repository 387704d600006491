using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using InboundProvisioning.Conversion;
using InboundProvisioning.Conversion.Persons;
using InboundProvisioning.Core.Tests.Support;
using InboundProvisioning.Csv;
using InboundProvisioning.Mapping;
using static InboundProvisioning.Core.Tests.Support.Mappings;

namespace InboundProvisioning.Core.Tests.Conversion;

/// <summary>Several rows for one person: second contracts, moved departments.</summary>
public sealed class RepeatedRecordTests : IDisposable
{
    private const string Contracts =
        "Id,Title,Primary\r\n1,a,N\r\n2,b,N\r\n1,c,Y\r\n3,d,N\r\n1,e,Y\r\n2,f,N\r\n";

    private static readonly AttributeMapping Mapping = Of(("externalId", "Id"), ("active", Constant(true)), ("title", "Title"));

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(RepeatedRecordHandling.Reject, false, "1a 2b 3d", 3, 0)]
    [InlineData(RepeatedRecordHandling.First, false, "1a 2b 3d", 0, 3)]
    [InlineData(RepeatedRecordHandling.Last, false, "3d 1e 2f", 0, 3)]
    [InlineData(RepeatedRecordHandling.Reject, true, "2b 1c 3d", 1, 2)]
    [InlineData(RepeatedRecordHandling.First, true, "2b 1c 3d", 0, 3)]
    [InlineData(RepeatedRecordHandling.Last, true, "1c 3d 2f", 0, 3)]
    public void One_row_of_a_person_goes(RepeatedRecordHandling handling, bool prefers, string expected, int rejected, int passedOver)
    {
        (RecordingObserver observer, ConversionSummary summary) = Run(Contracts, handling, prefers);

        Assert.Equal(expected, Sent(observer));
        Assert.Equal((6, rejected, passedOver, 0), (summary.Rows, summary.RejectedRows, summary.PassedOverRows, summary.IdenticalRows));
        Assert.Equal(rejected, observer.Rejected.Count);
        (RecordingObserver fromRows, ConversionSummary ofRows) = RunRows(Contracts, handling, prefers);
        Assert.Equal(expected, Sent(fromRows));
        Assert.Equal((6, rejected, passedOver, 0), (ofRows.Rows, ofRows.RejectedRows, ofRows.PassedOverRows, ofRows.IdenticalRows));
    }

    [Fact]
    public void The_error_of_a_repeated_row_names_the_id_and_the_line_of_the_first_one()
    {
        string one = _directory.Write("a.csv", "Id,Title\r\n\"7\",\"x\r\ny\"\r\n8,b\r\n");
        string other = _directory.Write("b.csv", "Id,Title\r\n9,c\r\n8,d\r\n7,e\r\n");

        RecordingObserver run = Conversions.Run(new ConversionOptions { Mapping = Mapping }, one, other);

        Assert.Equal(
            [
                "b.csv, line 3, attribute externalId: '8' stands in a.csv, line 4 already. Two records of one person race, so the later one is rejected; -RepeatedRecord and -Prefer choose another way.",
                "b.csv, line 4, attribute externalId: '7' stands in a.csv, line 2 already. Two records of one person race, so the later one is rejected; -RepeatedRecord and -Prefer choose another way.",
            ],
            run.Rejected.Select(row => row.ToString()));
    }

    [Theory]
    [InlineData(RepeatedRecordHandling.Reject, false)]
    [InlineData(RepeatedRecordHandling.First, false)]
    [InlineData(RepeatedRecordHandling.Last, false)]
    [InlineData(RepeatedRecordHandling.Reject, true)]
    public void Rows_that_make_the_very_same_user_are_one_record_without_a_word(RepeatedRecordHandling handling, bool prefers)
    {
        const string Csv = "Id,Title,Primary\r\n1,a,N\r\n1,a,Y\r\n2,b,N\r\n1,a,N\r\n";

        foreach ((RecordingObserver observer, ConversionSummary summary) in new[] { Run(Csv, handling, prefers), RunRows(Csv, handling, prefers) })
        {
            Assert.Equal("1a 2b", string.Join(' ', Sent(observer).Split(' ').Order()));
            Assert.Equal((4, 0, 0, 2), (summary.Rows, summary.RejectedRows, summary.PassedOverRows, summary.IdenticalRows));
            Assert.Empty(summary.Warnings(rejectPath: null));
        }
    }

    [Fact]
    public void Ids_that_differ_in_case_are_one_person()
    {
        (RecordingObserver observer, _) = Run("Id,Title,Primary\r\nA1,x,N\r\na1,y,N\r\n", RepeatedRecordHandling.Last, prefers: false);

        Assert.Equal("a1y", Sent(observer));
    }

    [Fact]
    public void What_is_passed_over_is_one_warning_with_a_count_and_the_first_ten_ids()
    {
        var csv = new StringBuilder("Id,Title,Primary\r\n");
        for (int i = 0; i < 24; i++)
        {
            csv.Append(CultureInfo.InvariantCulture, $"{i % 12},t{i},N\r\n");
        }

        (_, ConversionSummary summary) = Run(csv.ToString(), RepeatedRecordHandling.First, prefers: false);

        Assert.Equal(
            "12 of 24 rows were passed over, since another row of the same person goes: '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' and others.",
            Assert.Single(summary.Warnings(rejectPath: null)));
    }

    [Theory]
    [InlineData(RepeatedRecordHandling.Reject, new[] { "1,a,N", "1,e,Y", "2,f,N" })]
    [InlineData(RepeatedRecordHandling.First, new string[0])]
    [InlineData(RepeatedRecordHandling.Last, new string[0])]
    public void Only_Reject_keeps_rows_that_are_passed_over(RepeatedRecordHandling handling, string[] kept)
    {
        string path = _directory.Write("a.csv", Contracts);
        string rejectPath = _directory.File("rejects.csv");
        using (RejectFile rejects = RejectFile.Open(rejectPath, ',', append: false))
        {
            Conversions.Run(Options(handling, prefers: true), rejects, path);
        }

        string[] lines = [.. File.ReadAllLines(rejectPath).Skip(1)];
        Assert.Equal(kept.Order(), lines.Select(line => line[..5]).Order());
        Assert.All(lines.Where(line => line[0] == '1'), line => Assert.Contains("'1' also stands in a.csv, line 4, which goes since -Prefer takes it.", line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(RepeatedRecordHandling.First, "1,maybe,N\r\n1,b,N\r\n", 1)]
    [InlineData(RepeatedRecordHandling.Last, "1,b,N\r\n1,maybe,N\r\n", 1)]
    public void A_row_that_is_to_go_and_has_a_fault_is_not_replaced_by_another(RepeatedRecordHandling handling, string rows, int rejected)
    {
        AttributeMapping mapping = Of(("externalId", "Id"), ("active", Constant(true)), ("title", Expression(
            row => (string?)row.GetValue(1) == "maybe" ? throw new RowExpressionException("no", new FormatException()) : row.GetValue(1), "Title")));
        var options = new ConversionOptions { Mapping = mapping, RepeatedRecord = handling };
        string csv = "Id,Title,Primary\r\n" + rows;

        foreach ((RecordingObserver observer, ConversionSummary summary) in new[] { Run(csv, options), RunRows(csv, options) })
        {
            Assert.Empty(observer.Requests);
            Assert.Equal("ScriptBlockFailed", Assert.Single(observer.Rejected).Fault.ErrorId);
            Assert.Equal((rejected, 1), (summary.RejectedRows, summary.PassedOverRows));
        }
    }

    [Theory]
    [InlineData(RepeatedRecordHandling.Reject)]
    [InlineData(RepeatedRecordHandling.First)]
    [InlineData(RepeatedRecordHandling.Last)]
    public void Where_a_preference_cannot_be_told_no_row_of_that_person_goes(RepeatedRecordHandling handling)
    {
        ConversionOptions options = Options(handling, prefers: true);
        const string Csv = "Id,Title,Primary\r\n1,a,perhaps\r\n2,b,N\r\n2,c,perhaps\r\n2,d,Y\r\n3,e,N\r\n";

        foreach ((RecordingObserver observer, ConversionSummary summary) in new[] { Run(Csv, options), RunRows(Csv, options) })
        {
            Assert.Equal("1a 3e", Sent(observer));
            Assert.Equal(["UndecidedRecord", "InvalidPreference", "UndecidedRecord"], observer.Rejected.Select(row => row.Fault.ErrorId));
            Assert.Equal((3, 0), (summary.RejectedRows, summary.PassedOverRows));
            Assert.Empty(observer.FileFaults);
        }
    }

    [Fact]
    public void Rows_without_an_externalId_or_that_are_not_wanted_take_no_part()
    {
        var options = new ConversionOptions { Mapping = Mapping, RepeatedRecord = RepeatedRecordHandling.Last, ExternalIds = ["2"] };

        (RecordingObserver observer, ConversionSummary summary) = Run("Id,Title,Primary\r\n1,a,N\r\n2,b,N\r\n1,c,N\r\n,d,N\r\n2,e,N\r\n", options);

        Assert.Equal("2e", Sent(observer));
        Assert.Equal((0, 1), (summary.RejectedRows, summary.PassedOverRows));
    }

    [Fact]
    public void Choosing_takes_a_mapping_with_an_externalId()
    {
        var options = new ConversionOptions { Mapping = Of(("userName", "Id")), RepeatedRecord = RepeatedRecordHandling.Last };

        var fault = Assert.Throws<InboundProvisioningException>(() => Run("Id\r\n1\r\n", options));

        Assert.Equal("ExternalIdNotMapped", fault.ErrorId);
    }

    [Fact]
    public void Random_files_give_what_the_rules_say()
    {
        var random = new Random(7);
        for (int run = 0; run < 300; run++)
        {
            RepeatedRecordHandling handling = (RepeatedRecordHandling)random.Next(3);
            bool prefers = random.Next(2) == 0;
            List<(string Id, string Title, bool IsPrimary)> rows = [.. Enumerable.Range(0, random.Next(1, 40)).Select(_ => (
                random.Next(12).ToString(CultureInfo.InvariantCulture), ((char)('a' + random.Next(3))).ToString(), random.Next(4) == 0))];
            string csv = "Id,Title,Primary\r\n" + string.Concat(rows.Select(row => $"{row.Id},{row.Title},{(row.IsPrimary ? 'Y' : 'N')}\r\n"));
            List<int> taken = [.. Enumerable.Range(0, rows.Count).GroupBy(i => rows[i].Id).Select(person =>
                prefers && person.Any(i => rows[i].IsPrimary) ? person.First(i => rows[i].IsPrimary)
                : handling == RepeatedRecordHandling.Last ? person.Last() : person.First()).Order()];
            string expected = string.Join(' ', taken.Select(i => rows[i].Id + rows[i].Title));
            int same = Enumerable.Range(0, rows.Count).Count(i => !taken.Contains(i) && taken.Any(t => rows[t].Id == rows[i].Id && rows[t].Title == rows[i].Title));

            foreach ((RecordingObserver observer, ConversionSummary summary) in new[] { Run(csv, handling, prefers), RunRows(csv, handling, prefers) })
            {
                Assert.Equal(expected, Sent(observer));
                Assert.Equal(same, summary.IdenticalRows);
                Assert.Equal(rows.Count, taken.Count + summary.IdenticalRows + summary.RejectedRows + summary.PassedOverRows);
            }
        }
    }

    [Fact]
    public void Of_one_kind_of_fault_a_hundred_rows_are_told_and_the_others_are_counted()
    {
        string csv = "externalId,userName,active\r\n" + string.Concat(Enumerable.Range(1, 1000).Select(i => $"{i},u,{(i % 10 == 0 ? "x" : string.Empty)}\r\n"));
        string rejectPath = _directory.File("rejects.csv");
        var observer = new RecordingObserver();
        ConversionSummary summary;
        using (RejectFile rejects = RejectFile.Open(rejectPath, ',', append: false))
        {
            summary = new CsvConversion([_directory.Write("a.csv", csv)], new ConversionOptions()).Run(observer, rejects, CancellationToken.None);
        }

        Assert.Equal(200, observer.Rejected.Count);
        RejectionCount further = Assert.Single(observer.FurtherRejected);
        Assert.Equal((800, "a.csv, line 113", "a.csv, line 1000"), (further.FurtherRows, further.FirstFurther.ToString(), further.Last.ToString()));
        Assert.Equal(1001, File.ReadAllLines(rejectPath).Length);
        Assert.Equal(
            "1,000 of 1,000 rows were rejected: 900 EmptyBoolean (active), 100 InvalidBoolean (active). They are in r.csv.",
            Assert.Single(summary.Warnings("r.csv")));
    }

    private static ConversionOptions Options(RepeatedRecordHandling handling, bool prefers) => new()
    {
        Mapping = Mapping,
        RepeatedRecord = handling,
        Prefer = prefers ? Expression(
            row => (string?)row.GetValue(2) switch { "Y" => true, "N" => false, var other => other }, "Primary").Expression : null,
    };

    private static string Sent(RecordingObserver observer) => string.Join(' ', observer.Operations().Select(operation =>
        operation.GetProperty("bulkId").GetString() + operation.GetProperty("data").GetProperty("title").GetString()));

    private static (RecordingObserver Observer, ConversionSummary Summary) RunRows(string csv, RepeatedRecordHandling handling, bool prefers) =>
        RunRows(csv, Options(handling, prefers));

    private (RecordingObserver Observer, ConversionSummary Summary) Run(string csv, RepeatedRecordHandling handling, bool prefers) =>
        Run(csv, Options(handling, prefers));

    private (RecordingObserver Observer, ConversionSummary Summary) Run(string csv, ConversionOptions options)
    {
        var observer = new RecordingObserver();
        ConversionSummary summary = new CsvConversion([_directory.Write("a.csv", csv)], options).Run(observer, rejects: null, CancellationToken.None);
        return (observer, summary);
    }

    // The same records one by one, as a pipeline gives them.
    private static (RecordingObserver Observer, ConversionSummary Summary) RunRows(string csv, ConversionOptions options)
    {
        using var directory = new TemporaryDirectory();
        using CsvFile file = CsvFile.Open(directory.Write("rows.csv", csv), new CsvFileOptions());
        var observer = new RecordingObserver();
        using var conversion = new RowConversion(options, observer, rejects: null);
        conversion.SetColumns(file.Columns);
        while (file.Read())
        {
            conversion.Add(file.Row);
        }

        return (observer, conversion.End());
    }
}
