using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.FaultCampaign;
using Xunit;

namespace InboundProvisioning.Core.Tests.EndToEnd;

/// <summary>A part of the campaign of tests/FaultCampaign, and its judge held against faults made by hand.</summary>
public sealed class FaultCampaignTests
{
    [Fact]
    public async Task No_record_is_lost_and_none_is_staged_twice_unless_an_answer_was_lost()
    {
        await using Campaign campaign = await Campaign.StartAsync();
        var total = new CampaignCounts();
        for (int run = 1; run <= 40; run++)
        {
            total.Add(await campaign.RunAsync(seed: 20, run, CancellationToken.None));
        }

        Assert.Empty(total.Violations);
        Assert.Equal(total.Records, total.Staged + total.RefusedFound);
        Assert.True(total.Retries > 0 && total.StagedTwice > 0 && total.RefusedFound > 0 && total.OrdersChecked > 0);
        Assert.Superset(new HashSet<string> { "429 with Retry-After", "502", "503", "504 with Retry-After", "ExpireToken", "Reset", "ResetAfterAccept", "Slow", "Truncate" }, total.Struck.Keys.ToHashSet());
    }

    [Theory]
    [InlineData("a/0 b/1", "", "")]
    [InlineData("a/0", "", "b/1 was lost")]
    [InlineData("a/0 b/1 b/1", "", "b/1 was staged 2 times, with 0 answers lost")]
    [InlineData("a/0 b/1 b/1", "b/1", "")]
    [InlineData("b/1 a/0 c/2", "", "c/2 was staged and not sent")]
    public void The_judge_sees_what_was_lost_staged_twice_or_never_sent(string staged, string lost, string violation)
    {
        IReadOnlyList<string> violations = StagingCheck.Violations(["a/0", "b/1"], new HashSet<string>(), [], Records(staged), Records(lost), new HashSet<string>());

        Assert.Equal(violation.Length == 0 ? [] : [violation], violations);
    }

    [Theory]
    [InlineData("a/0", "a/1", "")]
    [InlineData("a/0 a/1", "a/1", "a/1 is at fault and was staged")]
    [InlineData("a/0", "", "a/1 is at fault and was not reported")]
    [InlineData("a/0", "a/0 a/1", "a/0 is right and was reported as refused")]
    public void The_judge_sees_whether_a_record_at_fault_was_reported(string staged, string refused, string violation)
    {
        IReadOnlyList<string> violations = StagingCheck.Violations(["a/0", "a/1"], new HashSet<string> { "a/1" }, Records(refused), Records(staged), [], new HashSet<string>());

        Assert.Equal(violation.Length == 0 ? [] : [violation], violations);
    }

    [Fact]
    public void The_judge_sees_an_older_record_after_a_newer_one() => Assert.Equal(
        ["the records of a were staged out of order"],
        StagingCheck.Violations(["a/0", "b/0", "a/1"], new HashSet<string>(), [], ["a/1", "a/0", "b/0"], [], new HashSet<string> { "a", "b" }));

    private static string[] Records(string text) => [.. text.Split(' ').Where(static record => record.Length > 0)];
}
