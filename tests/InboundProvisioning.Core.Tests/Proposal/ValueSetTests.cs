using System.Globalization;
using System.Linq;
using System.Text;
using InboundProvisioning.Proposal;

namespace InboundProvisioning.Core.Tests.Proposal;

public class ValueSetTests
{
    [Fact]
    public void Values_that_differ_are_told_apart_and_case_is_no_difference()
    {
        var set = new ValueSet(100_000);

        Assert.All(Enumerable.Range(0, 50_000), number => Assert.True(set.Add(Of("E" + number.ToString(CultureInfo.InvariantCulture)))));
        Assert.False(set.Add(Of("e49999")));
        Assert.Equal(50_000, set.Count);
        Assert.Equal(50_000, set.Values.Distinct().Count());
        Assert.True(set.Contains(Of("e0")));
        Assert.False(set.Contains(Of("E50000")));
        Assert.False(set.IsFull);
    }

    [Fact]
    public void More_than_it_keeps_is_said_and_not_taken_for_repeated()
    {
        var set = new ValueSet(2);

        Assert.True(set.Add(Of("a")));
        Assert.True(set.Add(Of("b")));
        Assert.False(set.IsFull);
        Assert.False(set.Add(Of("c")));
        Assert.True(set.IsFull);
        Assert.Equal(2, set.Count);
    }

    private static ulong Of(string text) => ValueSet.Fingerprint(Encoding.UTF8.GetBytes(text));
}
