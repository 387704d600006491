using System.Threading.Tasks;
using InboundProvisioning.KillCampaign;
using Xunit;

namespace InboundProvisioning.Core.Tests.EndToEnd;

/// <summary>A part of the campaign of tests/KillCampaign.</summary>
public sealed class KillCampaignTests
{
    [Fact]
    public async Task Nothing_is_lost_and_nothing_sent_twice_when_nightly_runs_are_killed()
    {
        KillCounts counts = await Campaign.RunAsync(kills: 25, seed: 7);

        Assert.Empty(counts.Violations);
        Assert.Equal(25, counts.Kills);
        Assert.True(counts.KillsInDoubt > 0, "No kill struck a request on its way.");
    }
}
