using System;
using System.Text;
using InboundProvisioning.Mapping;
using Xunit;

namespace InboundProvisioning.Core.Tests.Mapping;

public sealed class DateTimeTextTests
{
    [Theory]
    [InlineData("2013-01-25", "2013-01-25T00:00:00Z")]
    [InlineData("20130125", "2013-01-25T00:00:00Z")]
    [InlineData("2013-01-25T08:30", "2013-01-25T08:30:00Z")]
    [InlineData("2013-01-25 08:30:15", "2013-01-25T08:30:15Z")]
    [InlineData("2013-01-25 08:30:15.127", "2013-01-25T08:30:15.127Z")]
    [InlineData("2013-01-25T08:30:15z", "2013-01-25T08:30:15Z")]
    [InlineData("2013-01-25T08:30:15-05:00", "2013-01-25T08:30:15-05:00")]
    [InlineData("2013-01-25T08:30+0530", "2013-01-25T08:30:00+05:30")]
    [InlineData("2013-01-25T08:30+01", "2013-01-25T08:30:00+01:00")]
    [InlineData("2024-02-29", "2024-02-29T00:00:00Z")]
    [InlineData("2023-02-29", null)]
    [InlineData("2013-13-01", null)]
    [InlineData("01/02/2013", null)]
    [InlineData("25.01.2013", null)]
    [InlineData("2013/01/25", null)]
    [InlineData("00000000", null)]
    [InlineData("2013-01-25T24:00", null)]
    [InlineData("2013-01-25T08:30:15.", null)]
    [InlineData("2013-01-25 ", null)]
    [InlineData(" 2013-01-25", null)]
    [InlineData("2013-01-25T08:30+15:00", null)]
    [InlineData("2013", null)]
    [InlineData("41299", null)]
    public void Dates_of_ISO_8601_are_written_in_full_and_others_are_none(string text, string? expected)
    {
        byte[] written = new byte[DateTimeText.MaxLength(text.Length)];

        bool isDate = DateTimeText.TryNormalize(Encoding.UTF8.GetBytes(text), written, out int length);

        Assert.Equal(expected, isDate ? Encoding.UTF8.GetString(written.AsSpan(0, length)) : null);
    }
}
