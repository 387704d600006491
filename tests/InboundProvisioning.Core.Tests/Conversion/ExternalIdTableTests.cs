using System;
using System.Globalization;
using System.Text;
using System.Text.Json;
using InboundProvisioning.Conversion.Persons;
using InboundProvisioning.Core.Tests.Support;

namespace InboundProvisioning.Core.Tests.Conversion;

/// <summary>Alone in its process while it runs: it measures memory.</summary>
[Collection(nameof(MeasuresMemory))]
public sealed class ExternalIdTableTests
{
    private const int Count = 1_000_000;

    [Fact]
    public void A_million_ids_are_new_once_and_known_after_with_what_was_noted()
    {
        var seen = new ExternalIdTable();
        for (int i = 0; i < Count; i++)
        {
            Assert.True(seen.TryAdd(Row(i), out _));
        }

        for (int i = 0; i < Count; i++)
        {
            Assert.False(seen.TryAdd(Row(i) with { Position = 0, User = 0 }, out PersonRow first));
            Assert.Equal(Row(i), first);
        }

        Assert.True(seen.TryAdd(Row(Count), out _));
    }

    [Fact]
    public void Keys_that_share_their_leading_bits_find_room()
    {
        var random = new Random(1);
        var rows = new PersonRow[20_000];
        var seen = new ExternalIdTable();
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = new PersonRow(new ExternalIdFingerprint((0xFFFUL << 52) | (ulong)random.NextInt64(1L << 52), 7), (uint)i, 1);
            Assert.True(seen.TryAdd(rows[i], out _));
        }

        foreach (PersonRow row in rows)
        {
            Assert.False(seen.TryAdd(row, out PersonRow first));
            Assert.Equal(row, first);
        }
    }

    [Theory]
    [InlineData("A1", "a1", true)]
    [InlineData("ärger", "ÄRGER", true)]
    [InlineData("x\"y", "X\"Y", true)]
    [InlineData("a", "b", false)]
    [InlineData("a", "aa", false)]
    [InlineData("a", "ä", false)]
    [InlineData("", " ", false)]
    [InlineData("[", "{", false)]
    [InlineData("@", "`", false)]
    public void Ids_are_the_same_without_regard_to_case_and_to_nothing_else(string one, string other, bool areSame) =>
        Assert.Equal(areSame, Fingerprint(one) == Fingerprint(other));

    [Fact]
    public void A_long_id_counts_to_its_end()
    {
        string start = new('x', 5000);

        Assert.NotEqual(Fingerprint(start + "1"), Fingerprint(start + "2"));
        Assert.Equal(Fingerprint(start + "a"), Fingerprint(start + "A"));
    }

    [Fact]
    public void An_id_takes_at_most_28_bytes_at_any_number_of_ids_that_matters()
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        var seen = new ExternalIdTable();
        for (int i = 1; i <= Count; i++)
        {
            seen.TryAdd(Row(i), out _);
            if (i >= 100_000 && i % 25_000 == 0)
            {
                double bytes = (double)(GC.GetTotalMemory(forceFullCollection: true) - before) / i;
                Assert.True(bytes <= 28, $"{bytes:F1} bytes an id at {i} ids");
            }
        }

        GC.KeepAlive(seen);
    }

    private static PersonRow Row(int number) => new(
        ExternalIdFingerprint.Of(Encoding.UTF8.GetBytes("\"" + number.ToString(CultureInfo.InvariantCulture) + "\"")), (uint)number, (uint)(number * 7) + 1);

    private static ExternalIdFingerprint Fingerprint(string id) => ExternalIdFingerprint.Of(JsonSerializer.SerializeToUtf8Bytes(id));
}
