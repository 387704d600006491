using System;
using System.Diagnostics;
using System.IO;
using InboundProvisioning.Core.Tests.Support;
using InboundProvisioning.Reports;

namespace InboundProvisioning.Core.Tests.Reports;

/// <summary>Reports in headless Chromium: tests/Report/check.mjs says what is looked at. REPORT_PICTURES names a folder for pictures of them.</summary>
public sealed class BrowserTests
{
    [BrowserFact]
    public void Reports_ask_for_nothing_and_are_without_a_finding_in_light_and_dark_on_a_phone_and_a_wide_screen()
    {
        using var directory = new TemporaryDirectory();
        foreach ((string name, ReportFacts facts) in new[]
        {
            ("failures-0", SampleReports.WithFailures(0)),
            ("failures-1", SampleReports.WithFailures(1)),
            ("failures-50", SampleReports.WithFailures(50, ReportDetail.Values)),
            ("failures-10000", SampleReports.WithFailures(10_000)),
            ("stopped", SampleReports.Stopped()),
            ("failed", SampleReports.Failed()),
            ("summary", SampleReports.WithFailures(50, ReportDetail.Summary)),
            ("hostile", SampleReports.WithFailures(12, idOf: static i => "\"><script>alert(1)</script>" + new string('W', 300) + "\u202E" + i)),
        })
        {
            ReportFile.Write(directory.File(name + ".html"), facts, ReportFormat.Html, replacesAny: false);
        }

        var start = new ProcessStartInfo("node") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(BrowserFactAttribute.Folder, "check.mjs"));
        start.ArgumentList.Add(directory.Path);
        if (Environment.GetEnvironmentVariable("REPORT_PICTURES") is { Length: > 0 } pictures)
        {
            start.ArgumentList.Add(pictures);
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();

        Assert.True(process.ExitCode == 0, output + errors.GetAwaiter().GetResult());
        Assert.Contains("8 pages, 0 findings", output, StringComparison.Ordinal);
    }
}
