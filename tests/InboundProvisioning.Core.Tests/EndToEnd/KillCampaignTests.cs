using System.Threading.Tasks;
using InboundProvisioning.Azurite;
using InboundProvisioning.KillCampaign;
using Xunit;

namespace InboundProvisioning.Core.Tests.EndToEnd;

/// <summary>A part of the campaign of tests/KillCampaign.</summary>
public sealed class KillCampaignTests
{
    [Fact]
    public async Task Nothing_is_lost_and_nothing_sent_twice_when_nightly_runs_are_killed()
    {
        KillCounts counts = await Campaign.RunAsync(kills: 12, seed: 7);

        Assert.Empty(counts.Violations);
        Assert.Equal(12, counts.Kills);
        Assert.True(counts.KillsInDoubt > 0, "No kill struck a request on its way.");
    }

    [AzuriteFact]
    public async Task Nor_with_the_state_in_a_blob()
    {
        KillCounts counts = await Campaign.RunAsync(kills: 5, seed: 7, inBlob: true);

        Assert.Empty(counts.Violations);
        Assert.Equal(5, counts.Kills);
        Assert.True(counts.KillsInDoubt > 0, "No kill struck a request on its way.");
    }
}
