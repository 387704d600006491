using System;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using InboundProvisioning.Reports;

namespace InboundProvisioning.Core.Tests.Reports;

public sealed partial class HtmlReportTests
{
    [Theory]
    [MemberData(nameof(HostileText.All), MemberType = typeof(HostileText))]
    public void A_value_is_text_whatever_it_holds(string value)
    {
        string harmless = Page(SampleReports.WithFailures(3, idOf: static i => "id" + i));
        string page = Page(SampleReports.WithFailures(3, idOf: i => value + i));

        // The same tags, attributes included, and not one more.
        Assert.Equal(Tags().Matches(harmless).Select(static tag => tag.Value), Tags().Matches(page).Select(static tag => tag.Value));
        Assert.DoesNotContain(page, static character => character is (< ' ' and not '\n') or (>= '\u007F' and <= '\u009F') or '\u2028' or '\u202E' or '\u2066' or '\u200B');
        Assert.Equal(page, Encoding.UTF8.GetString(new UTF8Encoding(false, throwOnInvalidBytes: true).GetBytes(page)));
    }

    [Fact]
    public void What_turns_the_direction_of_a_text_is_shown() =>
        Assert.Contains("<bdi>[U+202E]gnp.exe0</bdi>", Page(SampleReports.WithFailures(1, idOf: static i => "\u202Egnp.exe" + i)), StringComparison.Ordinal);

    [Fact]
    public void The_policy_allows_the_style_of_the_page_and_nothing_else()
    {
        string page = Page(SampleReports.WithFailures(50));
        string style = Style().Match(page).Groups[1].Value;
        string digest = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)));

        Assert.Contains($"content=\"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'\"", page, StringComparison.Ordinal);
        Assert.InRange(page.IndexOf("Content-Security-Policy", StringComparison.Ordinal), 0, page.IndexOf("<style", StringComparison.Ordinal));
        Assert.DoesNotMatch(@"<script|<link|<iframe|<object|<form|\ssrc=|\sstyle=|\son[a-z]+=|@import|url\((?!#)|http-equiv=""refresh", page);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(50)]
    [InlineData(10_000)]
    public void A_page_is_small_and_has_no_more_than_500_rows(int failures)
    {
        string page = Page(SampleReports.WithFailures(failures));

        Assert.InRange(Encoding.UTF8.GetByteCount(page), 10_000, 150_000);
        Assert.InRange(Rows(page), 30, 500);
    }

    [Fact]
    public void A_page_stays_below_300_KB_with_the_longest_values()
    {
        string page = Page(SampleReports.WithFailures(10_000, idOf: static i => i + new string('"', 10_000)));

        Assert.InRange(Encoding.UTF8.GetByteCount(page), 100_000, 300_000);
        Assert.DoesNotContain(new string('"', 200).Replace("\"", "&quot;", StringComparison.Ordinal), page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_parts_stand_in_the_order_of_what_is_to_be_known_first()
    {
        string page = Page(SampleReports.WithFailures(50));

        Assert.Equal(
            ["What to do", "Safeguards", "Changes", "Outcome in the service", "Failures", "Rejected and held back", "Attributes that changed", "Calls of the day", "The last 30 runs"],
            Headings().Matches(page).Select(static heading => heading.Groups[1].Value));
    }

    [Fact]
    public void Each_chart_has_a_title_a_description_and_its_figures_as_a_table()
    {
        string page = Page(SampleReports.WithFailures(50));
        string[] charts = [.. Charts().Matches(page).Select(static chart => chart.Value)];

        Assert.Equal(6, charts.Length);
        Assert.All(charts, static chart => Assert.Matches(@"<title id=""([\w-]+)"">[^<]+</title><desc id=""([\w-]+)"">[^<]+</desc>", chart));
        Assert.All(charts, chart => Assert.Matches(@"^\s*<details>\s*<summary>Figures.*</summary>\s*<table>", page[(page.IndexOf(chart, StringComparison.Ordinal) + chart.Length)..]));
    }

    [Fact]
    public void Failures_stand_by_code_with_cause_and_remedy()
    {
        string page = Page(SampleReports.WithFailures(50));

        Assert.Matches(@"(?s)<h3><span><bdi>AzureActiveDirectoryInvalidUserPrincipalName</bdi></span> <span class=""many"">50 people</span></h3>\s*<p>[^<]*verified[^<]*</p>\s*<p>Let userName end in a verified domain", page);
        Assert.Contains("<bdi>100049</bdi>", page, StringComparison.Ordinal);
    }

    internal static string Page(ReportFacts facts) => HtmlReport.Write(facts, out _);

    internal static int Rows(string page) => Regex.Count(page, "<tr><th scope=\"row\"");

    [GeneratedRegex("<[a-z/!][^>]*>", RegexOptions.IgnoreCase)]
    private static partial Regex Tags();

    [GeneratedRegex("(?s)<style>(.*?)</style>")]
    private static partial Regex Style();

    [GeneratedRegex("<h2[^>]*>([^<]+)</h2>")]
    private static partial Regex Headings();

    [GeneratedRegex("(?s)<svg class=\"chart\".*?</svg>(?=\\s*<details)")]
    private static partial Regex Charts();
}
