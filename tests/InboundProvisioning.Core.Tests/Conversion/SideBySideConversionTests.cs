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
using InboundProvisioning.Mapping;
using InboundProvisioning.Scim;
using static InboundProvisioning.Core.Tests.Support.Mappings;

namespace InboundProvisioning.Core.Tests.Conversion;

/// <summary>
/// Rows that need no script are converted before their turn, by two threads. What comes out is what comes out row by row: a mapping whose
/// expression says that it runs a script is converted so.
/// </summary>
public sealed class SideBySideConversionTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(true, RepeatedRecordHandling.Reject)]
    [InlineData(true, RepeatedRecordHandling.Last)]
    [InlineData(true, RepeatedRecordHandling.First)]
    [InlineData(false, RepeatedRecordHandling.Reject)]
    public void What_comes_out_is_what_comes_out_row_by_row(bool hasExternalId, RepeatedRecordHandling repeated)
    {
        string[] paths = [Write("a.csv", 4000, 1), Write("b.csv", 300, 2), Write("c.csv", 3000, 3)];

        (RecordingObserver aside, string asideRejects) = Run(paths, hasExternalId, repeated, runsScript: false);
        (RecordingObserver inTurn, string inTurnRejects) = Run(paths, hasExternalId, repeated, runsScript: true);

        Assert.True(inTurn.Operations > 2000);
        Assert.NotEmpty(inTurn.Rejected);
        Assert.Equal(inTurn.Requests, aside.Requests);
        Assert.Equal(inTurn.Rejected.Select(row => row.ToString()), aside.Rejected.Select(row => row.ToString()));
        Assert.Equal(inTurn.FurtherRejected.Select(count => count.FurtherRows), aside.FurtherRejected.Select(count => count.FurtherRows));
        Assert.Equal(inTurn.FileFaults.Select(fault => fault.Message), aside.FileFaults.Select(fault => fault.Message));
        Assert.Equal(inTurnRejects, asideRejects);
    }

    [Fact]
    public void A_run_that_is_stopped_ends_at_once()
    {
        string path = Write("a.csv", 20_000, 1);
        using var stop = new CancellationTokenSource();
        int converted = 0;
        var options = Options(hasExternalId: true, RepeatedRecordHandling.Reject, new DelegateExpression(
            row =>
            {
                if (Interlocked.Increment(ref converted) == 3000)
                {
                    stop.Cancel();
                }

                return "t";
            },
            ["Title"]));

        Assert.ThrowsAny<OperationCanceledException>(() => new CsvConversion([path], options).Run(new RecordingObserver(), null, stop.Token));
        Assert.InRange(converted, 3000, 8000);
    }

    [Fact]
    public void An_error_of_the_program_ends_the_run_where_it_is()
    {
        string path = Write("a.csv", 5000, 1);
        var options = Options(hasExternalId: true, RepeatedRecordHandling.Reject, new DelegateExpression(
            row => row.Number == 2500 ? throw new InvalidOperationException("broken") : "t", ["Title"]));
        var observer = new RecordingObserver();

        Assert.Equal("broken", Assert.Throws<InvalidOperationException>(() => new CsvConversion([path], options).Run(observer, null, CancellationToken.None)).Message);
        Assert.InRange(observer.Requests.Count, 30, 50);
    }

    [Fact]
    public void Whoever_takes_requests_slowly_gets_them_all_the_same()
    {
        string path = Write("a.csv", 3000, 1);
        var slow = new SlowObserver();

        new CsvConversion([path], Options(hasExternalId: true, RepeatedRecordHandling.First, Expression(runsScript: false))).Run(slow, null, CancellationToken.None);

        (RecordingObserver quick, _) = Run([path], hasExternalId: true, RepeatedRecordHandling.First, runsScript: false);
        Assert.Equal(quick.Requests, slow.Requests);
    }

    private static DelegateExpression Expression(bool runsScript) => new(
        row => row.TryGetText(2, out ReadOnlySpan<byte> text) && text.Length == 3
            ? throw new RowExpressionException("no text of three", new InvalidOperationException())
            : row.GetValue(2) + "!",
        ["Title"])
    {
        RunsScript = runsScript,
    };

    private static ConversionOptions Options(bool hasExternalId, RepeatedRecordHandling repeated, IRowExpression title)
    {
        (string, object?)[] attributes = [("active", "Active"), ("userName", "User"), ("title", new ExpressionValue(title))];
        return new ConversionOptions
        {
            Mapping = Of(hasExternalId ? [("externalId", "Id"), .. attributes] : attributes),
            RepeatedRecord = repeated,
        };
    }

    private (RecordingObserver Observer, string Rejects) Run(string[] paths, bool hasExternalId, RepeatedRecordHandling repeated, bool runsScript)
    {
        string rejectPath = Path.Combine(_directory.Path, "rejects.csv");
        File.Delete(rejectPath);
        RecordingObserver observer;
        using (var rejects = RejectFile.Open(rejectPath, delimiter: null, append: false))
        {
            observer = Conversions.Run(Options(hasExternalId, repeated, Expression(runsScript)), rejects, paths);
        }

        return (observer, File.ReadAllText(rejectPath));
    }

    // People of several rows, values that are wrong, texts of all kinds, quotes in the wrong place, short and long rows.
    private string Write(string name, int rows, int seed)
    {
        var random = new Random(seed);
        string[] titles = ["Chef", "abc", "Größe", "a \"\"b\"\"", "two\nlines", "", "x\\y", "日本"];
        var csv = new StringBuilder("Id,User,Title,Active\n");
        for (int i = 0; i < rows; i++)
        {
            string active = random.Next(40) == 0 ? "perhaps" : random.Next(2) == 0 ? "true" : "false";
            csv.Append(CultureInfo.InvariantCulture, $"{random.Next(rows * 3)},u{i}{(random.Next(60) == 0 ? " " : "")},\"{titles[random.Next(titles.Length)]}\",{active}");
            csv.Append(random.Next(100) switch { 0 => ",more\n", 1 => "x\"y\n", 2 => "\n\n", _ => "\n" });
        }

        return _directory.Write(name, csv.ToString());
    }

    private sealed class SlowObserver : IConversionObserver
    {
        public List<string> Requests { get; } = [];

        public void OnRequest(BulkRequest request)
        {
            using (request)
            {
                Requests.Add(request.ToString());
                Thread.Yield();
            }
        }

        public void OnRejected(RejectedRow row) => Assert.NotNull(row);

        public void OnFurtherRejected(RejectionCount count) => Assert.NotNull(count);

        public void OnFileFault(InboundProvisioningException fault) => Assert.Fail(fault.Message);

        public void OnProgress(ConversionProgress progress) => Assert.True(progress.Rows >= 0);
    }
}
