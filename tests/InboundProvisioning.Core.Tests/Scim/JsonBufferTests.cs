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

    private static string? Parse(JsonBuffer json) => JsonDocument.Parse(json.Written.ToArray()).RootElement.GetString();
}
