using System;
using System.Globalization;
using System.Text;
using InboundProvisioning.Core.Tests.Support;
using InboundProvisioning.Mapping.Writing;

namespace InboundProvisioning.Core.Tests.Mapping;

/// <summary>Alone in its process while it runs: it measures memory.</summary>
[Collection(nameof(MeasuresMemory))]
public sealed class ExternalIdSetTests
{
    private const int Count = 1_000_000;

    [Fact]
    public void A_million_ids_are_new_once_and_known_after()
    {
        var seen = new ExternalIdSet();
        for (int i = 0; i < Count; i++)
        {
            Assert.True(seen.Add(Id(i)));
        }

        for (int i = 0; i < Count; i++)
        {
            Assert.False(seen.Add(Id(i)));
        }

        Assert.True(seen.Add(Id(Count)));
    }

    [Fact]
    public void Ids_that_differ_in_one_byte_or_in_length_are_different()
    {
        var seen = new ExternalIdSet();

        Assert.True(seen.Add("a"u8));
        Assert.True(seen.Add("b"u8));
        Assert.True(seen.Add("aa"u8));
        Assert.True(seen.Add([]));
        Assert.True(seen.Add("\0"u8));
        Assert.False(seen.Add("a"u8));
        Assert.False(seen.Add([]));
    }

    [Fact]
    public void An_id_takes_at_most_24_bytes_at_any_number_of_ids_that_matters()
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        var seen = new ExternalIdSet();
        for (int i = 1; i <= Count; i++)
        {
            seen.Add(Id(i));
            if (i >= 100_000 && i % 25_000 == 0)
            {
                double bytes = (double)(GC.GetTotalMemory(forceFullCollection: true) - before) / i;
                Assert.True(bytes <= 24, $"{bytes:F1} bytes an id at {i} ids");
            }
        }

        GC.KeepAlive(seen);
    }

    private static byte[] Id(int number) => Encoding.UTF8.GetBytes(number.ToString(CultureInfo.InvariantCulture));
}
