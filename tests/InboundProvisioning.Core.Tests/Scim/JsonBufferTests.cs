using System;
using System.Globalization;
using System.Text;
using System.Text.Json;
using InboundProvisioning.Scim;

namespace InboundProvisioning.Core.Tests.Scim;

public sealed class JsonBufferTests
{
    [Fact]
    public void Every_character_is_a_string_that_parses_to_itself()
    {
        using var json = new JsonBuffer();
        for (int i = 0; i <= 0x10FFFF; i += i < 0x3000 ? 1 : 61)
        {
            if (i is >= 0xD800 and <= 0xDFFF)
            {
                continue;
            }

            string text = char.ConvertFromUtf32(i);
            json.Length = 0;
            json.WriteString(Encoding.UTF8.GetBytes("a" + text + "b"));
            Assert.Equal("a" + text + "b", Parse(json));
        }
    }

    [Fact]
    public void A_long_text_of_characters_to_escape_is_written_whole()
    {
        string text = new StringBuilder().Insert(0, "\u0001é\"\\\u2028😀", 100_000).ToString();
        using var json = new JsonBuffer();

        json.WriteString(text);

        Assert.Equal(text, Parse(json));
    }

    [Fact]
    public void What_is_written_can_be_repeated_removed_and_taken_back()
    {
        using var json = new JsonBuffer();
        json.WriteRaw("[1,22,333"u8);
        json.Repeat(2, 3);
        json.Remove(1, 2);
        json.WriteRaw((byte)']');
        Assert.Equal("[22,333,22]", Encoding.UTF8.GetString(json.Written));
        json.Length = 3;
        json.WriteRaw((byte)']');
        Assert.Equal("[22]", Encoding.UTF8.GetString(json.Written));
    }

    [Fact]
    public void Numbers_are_written_the_same_in_every_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            using var json = new JsonBuffer();
            json.WriteNumber(1234.5m);
            json.WriteRaw((byte)' ');
            json.WriteNumber(-0.25);
            json.WriteRaw((byte)' ');
            json.WriteNumber(long.MinValue);
            Assert.Equal("1234.5 -0.25 -9223372036854775808", Encoding.UTF8.GetString(json.Written));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData(1.0 / 3, "0.3333333333333333")]
    [InlineData(0.1, "0.1")]
    [InlineData(0.1 + 0.2, "0.30000000000000004")]
    [InlineData(100.0, "100")]
    [InlineData(1e16, "10000000000000000")]
    [InlineData(1e17, "1E+17")]
    [InlineData(12345678901234567.0, "12345678901234568")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(-1.5e-5, "-1.5E-05")]
    [InlineData(9007199254740993.0, "9007199254740992")]
    [InlineData(double.MaxValue, "1.7976931348623157E+308")]
    [InlineData(double.Epsilon, "5E-324")]
    [InlineData(0.0, "0")]
    [InlineData(-0.0, "-0")]
    [InlineData(0.1f, "0.1")]
    [InlineData(1f / 3, "0.33333334")]
    [InlineData(16777216f, "16777216")]
    [InlineData(1e9f, "1E+09")]
    [InlineData(float.MaxValue, "3.4028235E+38")]
    [InlineData(float.Epsilon, "1E-45")]
    public void A_binary_fraction_is_written_in_its_shortest_form(IFormattable number, string expected) => Assert.Equal(expected, Written(number));

    [Fact]
    public void A_binary_fraction_is_written_as_NET_writes_it_whatever_its_bits()
    {
        var random = new Random(7);
        for (int i = 0; i < 20_000; i++)
        {
            double number = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
            float single = BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue));
            if (double.IsFinite(number) && float.IsFinite(single))
            {
                Assert.Equal(number.ToString("R", CultureInfo.InvariantCulture), Written(number));
                Assert.Equal(single.ToString("R", CultureInfo.InvariantCulture), Written(single));
            }
        }
    }

    // Where the neighbour below is nearer than the one above, and where .NET itself has a digit too few for some.
    [Fact]
    public void Powers_of_two_and_their_neighbours_read_back_as_themselves()
    {
        for (int exponent = -1074; exponent < 1024; exponent++)
        {
            double power = Math.Pow(2, exponent);
            foreach (double number in new[] { power, Math.BitDecrement(power), Math.BitIncrement(power) })
            {
                Assert.Equal(number, double.Parse(Written(number), CultureInfo.InvariantCulture));
            }
        }
    }

    private static string Written(IFormattable number)
    {
        using var json = new JsonBuffer();
        json.WriteNumber(number);
        return Encoding.UTF8.GetString(json.Written);
    }

    private static string? Parse(JsonBuffer json) => JsonDocument.Parse(json.Written.ToArray()).RootElement.GetString();
}
