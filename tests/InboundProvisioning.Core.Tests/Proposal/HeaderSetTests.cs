using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Xunit.Abstractions;

namespace InboundProvisioning.Core.Tests.Proposal;

/// <summary>
/// How often a proposal is right. The sets of the folder development were at hand when Words.txt and Rules.txt were written. Those of held-out
/// were written afterwards and run once before anything was changed: tests/Headers/README.md has the figures of that run.
/// </summary>
public sealed class HeaderSetTests(ITestOutputHelper output)
{
    private const int FewestSets = 25;
    private const double LeastRight = 0.9;

    [Theory]
    [InlineData("development")]
    [InlineData("held-out")]
    public void Nine_columns_in_ten_are_right_and_none_is_wrong_without_a_mark(string folder)
    {
        List<HeaderScore> scores = [.. HeaderSet.ReadAll(Path.Combine(AppContext.BaseDirectory, "Headers", folder)).Select(static set => set.Score())];

        scores.ForEach(score => output.WriteLine(score.ToString()));
        int columns = scores.Sum(static score => score.Columns.Count);
        int right = scores.Sum(static score => score.Right);
        output.WriteLine($"{scores.Count} sets: {right} of {columns} columns right, {(double)right / columns:P1}");
        Assert.DoesNotContain(scores.SelectMany(static score => score.Columns), static column => column.IsWrongUnmarked);
        Assert.True(right >= LeastRight * columns, $"{right} of {columns} columns are right.");
    }

    [Fact]
    public void There_are_enough_sets_and_each_says_where_it_is_from()
    {
        IReadOnlyList<HeaderSet> sets = HeaderSet.ReadAll(Path.Combine(AppContext.BaseDirectory, "Headers", "held-out"));

        Assert.True(sets.Count >= FewestSets);
        Assert.All(sets, static set => Assert.Matches("https?://|made up", set.Source));
        Assert.All(sets, static set => Assert.Equal(set.Answers.Keys, FirstLine(set)));
    }

    // The names of the columns as the answers have them, in their order.
    private static IEnumerable<string> FirstLine(HeaderSet set)
    {
        string header = set.Csv[..set.Csv.IndexOf('\n', StringComparison.Ordinal)];
        return set.Answers.Keys.Where(name => header.Contains(name, StringComparison.Ordinal));
    }
}
