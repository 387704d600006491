using System;
using System.IO;
using System.Linq;
using System.Text;
using InboundProvisioning.Csv;

namespace InboundProvisioning.Core.Tests.Csv;

public sealed class TextEncodingsTests
{
    [Theory]
    [InlineData("utf8", 65001)]
    [InlineData("UTF8BOM", 65001)]
    [InlineData("utf8NoBOM", 65001)]
    [InlineData("utf-8", 65001)]
    [InlineData("unicode", 1200)]
    [InlineData("utf16", 1200)]
    [InlineData("BigEndianUnicode", 1201)]
    [InlineData("utf32", 12000)]
    [InlineData("latin1", 28591)]
    [InlineData("ascii", 20127)]
    [InlineData("Windows-1252", 1252)]
    [InlineData("1252", 1252)]
    [InlineData("windows-1250", 1250)]
    [InlineData("iso-8859-15", 28605)]
    [InlineData("shift_jis", 932)]
    [InlineData("850", 850)]
    public void Names_and_numbers_give_their_code_page(string name, int codePage) =>
        Assert.Equal(codePage, TextEncodings.Parse(name).CodePage);

    [Theory]
    [InlineData("ansi")]
    [InlineData("Default")]
    [InlineData("oem")]
    public void The_code_pages_of_the_culture_have_names(string name) => Assert.NotNull(TextEncodings.Parse(name));

    [Theory]
    [InlineData("")]
    [InlineData("no-such-encoding")]
    [InlineData("99999")]
    [InlineData("-1")]
    [InlineData("123456789")]
    public void An_unknown_name_is_a_fault_that_gives_examples(string name)
    {
        InboundProvisioningException fault = Assert.Throws<InboundProvisioningException>(() => TextEncodings.Parse(name));

        Assert.Equal("UnknownEncoding", fault.ErrorId);
        Assert.Equal(FaultKind.InvalidArgument, fault.Kind);
        Assert.Contains("windows-1252", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 0xEF, 0xBB, 0xBF }, 65001, 3)]
    [InlineData(new byte[] { 0xEF, 0xBB, 0xBF, 65 }, 65001, 3)]
    [InlineData(new byte[] { 0xFF, 0xFE }, 1200, 2)]
    [InlineData(new byte[] { 0xFF, 0xFE, 65, 0 }, 1200, 2)]
    [InlineData(new byte[] { 0xFE, 0xFF, 0, 65 }, 1201, 2)]
    [InlineData(new byte[] { 0xFF, 0xFE, 0, 0 }, 12000, 4)]
    [InlineData(new byte[] { 0, 0, 0xFE, 0xFF }, 12001, 4)]
    [InlineData(new byte[] { 0xEF, 0xBB }, null, 0)]
    [InlineData(new byte[] { 65, 66, 67, 68 }, null, 0)]
    [InlineData(new byte[] { }, null, 0)]
    public void A_byte_order_mark_is_recognised_and_passed_over(byte[] start, int? codePage, int position)
    {
        using var stream = new MemoryStream([.. start]);

        Assert.Equal(codePage, TextEncodings.ReadByteOrderMark(stream)?.CodePage);
        Assert.Equal(position, stream.Position);
    }

    [Fact]
    public void Well_formed_UTF8_is_told_from_the_rest_at_every_place()
    {
        byte[] good = Encoding.UTF8.GetBytes("plain ASCII, ümläut, 日本, 𝒜, and more plain ASCII to fill some words");
        Assert.True(Utf8Validation.IsValid(good));
        Assert.True(Utf8Validation.IsValid([]));
        foreach (int i in Enumerable.Range(0, good.Length))
        {
            byte[] bad = [.. good];
            bad[i] = 0xFF;
            Assert.False(Utf8Validation.IsValid(bad), $"byte {i}");
        }
    }
}
