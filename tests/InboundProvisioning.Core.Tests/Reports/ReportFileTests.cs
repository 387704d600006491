using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using InboundProvisioning.Core.Tests.Support;
using InboundProvisioning.Reports;

namespace InboundProvisioning.Core.Tests.Reports;

public sealed class ReportFileTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("report.html")]
    [InlineData("report.md")]
    [InlineData("report.json")]
    public void All_records_are_in_the_file_beside_it_where_the_report_does_not_hold_them(string name)
    {
        ReportFacts facts = SampleReports.WithFailures(10_000);
        Write(name, facts);

        string[] lines = File.ReadAllLines(_directory.File("report.csv"));
        Assert.Equal("Part,ExternalId,Action,ErrorCode,Attribute,Place,KnownSince,Sent,GoesAgain,Reason", lines[0]);
        Assert.Equal(Enumerable.Range(100_000, 10_000).Select(static id => $"{id}").Order(), lines.Where(static line => line.StartsWith("Failed,", StringComparison.Ordinal)).Select(static line => line.Split(',')[1]).Order());
        Assert.Equal(5, lines.Count(static line => line.StartsWith("Rejected,", StringComparison.Ordinal) || line.StartsWith("HeldBack,", StringComparison.Ordinal)));
        Assert.Contains("report.csv", File.ReadAllText(_directory.File(name)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_that_holds_all_has_no_file_beside_it_and_that_of_an_earlier_one_goes()
    {
        Write("report.html", SampleReports.WithFailures(10_000));
        Write("report.html", SampleReports.WithFailures(50));

        Assert.Equal(["report.html"], Directory.GetFiles(_directory.Path).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    public void Files_of_somebody_else_beside_it_stay_and_an_empty_one_too(string content)
    {
        // A file of rejected rows without any has a mark alone.
        File.WriteAllText(_directory.File("report.csv"), content);
        Write("report.html", SampleReports.WithFailures(50));
        Assert.True(File.Exists(_directory.File("report.csv")));

        File.WriteAllText(_directory.File("report.records.csv"), "mine");
        Write("report.html", SampleReports.WithFailures(10_000));

        Assert.Equal(Encoding.UTF8.GetByteCount(content), new FileInfo(_directory.File("report.csv")).Length);
        Assert.Equal("mine", File.ReadAllText(_directory.File("report.records.csv")));
        Assert.StartsWith("Part,", File.ReadAllText(_directory.File("report.records-2.csv")), StringComparison.Ordinal);
        Assert.Contains("report.records-2.csv", File.ReadAllText(_directory.File("report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_state_is_never_replaced()
    {
        string path = _directory.File("contoso.db");
        File.WriteAllText(path, "SQLite format 3\0and people");

        InboundProvisioningException fault = Assert.Throws<InboundProvisioningException>(() => ReportFile.Write(path, SampleReports.WithFailures(1), ReportFormat.Html, replacesAny: true));

        Assert.Equal("NotAReportFile", fault.ErrorId);
        Assert.Equal("SQLite format 3\0and people", File.ReadAllText(path));
    }

    [Fact]
    public void A_formula_is_a_text_in_the_file_of_all_records()
    {
        string[] formulas = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=HYPERLINK(\"http://example.org\";\"x\")", "\uFF1D1+1"];
        Write("report.html", SampleReports.WithFailures(1000, idOf: i => formulas[i % formulas.Length]));

        string text = File.ReadAllText(_directory.File("report.csv"));
        Assert.DoesNotMatch("(^|,|\\n)\"?[=+@\\uFF1D\\t-]", text);
        Assert.Contains("Failed,\"'=HYPERLINK(\"\"http://example.org\"\";\"\"x\"\")\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_holds_ids_is_for_its_owner_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Write("report.html", SampleReports.WithFailures(10_000));
        Write("summary.md", SampleReports.WithFailures(50, ReportDetail.Summary));

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_directory.File("report.html")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_directory.File("report.csv")));
        Assert.NotEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_directory.File("summary.md")));
    }

    [Fact]
    public void It_takes_no_other_files_place()
    {
        File.WriteAllText(_directory.File("report.html"), "<!DOCTYPE html><p>mine</p>");
        File.WriteAllText(_directory.File("night.csv"), "WorkerID,Name\n1,Ann\n");

        Assert.Equal("NotAReportFile", Assert.Throws<InboundProvisioningException>(() => Write("report.html", SampleReports.WithFailures(0))).ErrorId);
        Write("night.html", SampleReports.WithFailures(10_000));

        Assert.Equal("<!DOCTYPE html><p>mine</p>", File.ReadAllText(_directory.File("report.html")));
        Assert.StartsWith("WorkerID", File.ReadAllText(_directory.File("night.csv")), StringComparison.Ordinal);
        Assert.StartsWith("Part,", File.ReadAllText(_directory.File("night.records.csv")), StringComparison.Ordinal);
        Assert.Contains("night.records.csv", File.ReadAllText(_directory.File("night.html")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("report.html")]
    [InlineData("report.md")]
    [InlineData("report.json")]
    public void A_report_takes_the_place_of_the_one_before(string name)
    {
        Write(name, SampleReports.WithFailures(0));
        Write(name, SampleReports.Stopped());

        Assert.Contains("Stopped", File.ReadAllText(_directory.File(name)), StringComparison.Ordinal);
        Assert.Equal([name], Directory.GetFiles(_directory.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void A_report_that_cannot_be_written_leaves_the_one_before_whole()
    {
        Write("report.html", SampleReports.WithFailures(0));
        string before = File.ReadAllText(_directory.File("report.html"));
        Directory.CreateDirectory(_directory.File("report.html.tmp"));

        Assert.ThrowsAny<Exception>(() => Write("report.html", SampleReports.Stopped()));

        Assert.Equal(before, File.ReadAllText(_directory.File("report.html")));
    }

    [Theory]
    [InlineData(ReportDetail.Summary)]
    [InlineData(ReportDetail.Records)]
    [InlineData(ReportDetail.Values)]
    public void A_report_tells_of_people_what_it_was_asked_for(ReportDetail detail)
    {
        foreach (ReportFormat format in Enum.GetValues<ReportFormat>())
        {
            string text = ReportFile.TextOf(SampleReports.WithFailures(50, detail), format, out _) + ReportFile.TextOf(SampleReports.Stopped(detail), format, out _);

            // Ids of who failed, was rejected, held back, or stopped a run.
            Assert.All(["100007", "200417", "300001", "100455"], id => Assert.Equal(detail != ReportDetail.Summary, text.Contains(id, StringComparison.Ordinal)));
            Assert.Equal(detail == ReportDetail.Values, text.Contains("secret-value", StringComparison.Ordinal));
            Assert.Equal(detail == ReportDetail.Values, text.Contains("Chief", StringComparison.Ordinal));
            Assert.Contains("AzureActiveDirectoryInvalidUserPrincipalName", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Json_holds_the_same_facts()
    {
        using var document = JsonDocument.Parse(ReportFile.TextOf(SampleReports.WithFailures(10_000), ReportFormat.Json, out bool isCut));
        JsonElement report = document.RootElement;

        Assert.True(isCut);
        Assert.Equal("InboundProvisioning report 1", report.EnumerateObject().First().Value.GetString());
        Assert.Equal("Attention", report.GetProperty("Verdict").GetProperty("Level").GetString());
        Assert.Equal(7000, report.GetProperty("Failures")[0].GetProperty("Count").GetInt32());
        Assert.InRange(report.GetProperty("Failures").EnumerateArray().Sum(static group => group.GetProperty("Records").GetArrayLength()), 400, 500);
        Assert.Equal(8, report.GetProperty("Safeguards").GetArrayLength());
        Assert.Equal(30, report.GetProperty("Nights").GetArrayLength());
    }

    [Theory]
    [MemberData(nameof(HostileText.All), MemberType = typeof(HostileText))]
    public void A_value_is_one_code_span_of_one_cell_in_Markdown(string value)
    {
        string text = ReportFile.TextOf(SampleReports.WithFailures(3, idOf: i => value + i), ReportFormat.Markdown, out _);

        string[] rows = [.. text.Split('\n').Where(static line => line.Contains("| 25 Nov 2026, 16:", StringComparison.Ordinal))];
        Assert.Equal(3, rows.Length);
        Assert.All(rows, static row =>
        {
            string[] cells = System.Text.RegularExpressions.Regex.Split(row, @"(?<!\\)\|");
            Assert.Equal(6, cells.Length);
            Assert.Matches("^ (`+).+\\1 $", cells[1]);
        });
    }

    [Theory]
    [InlineData("report.txt")]
    [InlineData("report")]
    public void An_ending_that_says_no_format_is_a_fault(string name) =>
        Assert.Equal("UnknownReportFormat", Assert.Throws<InboundProvisioningException>(() => ReportFile.FormatOf(name)).ErrorId);

    private void Write(string name, ReportFacts facts)
    {
        string path = _directory.File(name);
        ReportFile.Write(path, facts, ReportFile.FormatOf(path), replacesAny: false);
    }
}
