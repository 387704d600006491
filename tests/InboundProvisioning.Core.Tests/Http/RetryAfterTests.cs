using System;
using System.Globalization;
using System.Net.Http;
using InboundProvisioning.Http;
using Xunit;

namespace InboundProvisioning.Core.Tests.Http;

public sealed class RetryAfterTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("0", 0)]
    [InlineData("120", 120)]
    [InlineData("1.5", 1.5)]
    [InlineData(" 3 ", 3)]
    [InlineData("Sun, 01 Mar 2026 08:01:00 GMT", 60)]
    [InlineData("Sun, 01 Mar 2026 07:00:00 GMT", 0)]
    public void Seconds_fractions_and_dates_are_understood(string value, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Read(value));

    [Theory]
    [InlineData("soon")]
    [InlineData("-5")]
    [InlineData("1,5")]
    [InlineData("99999999999999999999")]
    public void What_makes_no_sense_counts_as_absent(string value) => Assert.Null(Read(value));

    [Fact]
    public void No_header_is_no_wait() => Assert.Null(Read(null));

    [Fact]
    public void A_date_is_held_against_the_clock_of_the_service() =>
        Assert.Equal(TimeSpan.FromSeconds(10), Read("Sun, 01 Mar 2026 09:00:10 GMT", date: "Sun, 01 Mar 2026 09:00:00 GMT"));

    private static TimeSpan? Read(string? value, string? date = null)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        using var response = new HttpResponseMessage();
        if (value is not null)
        {
            response.Headers.TryAddWithoutValidation("Retry-After", value);
        }

        if (date is not null)
        {
            response.Headers.TryAddWithoutValidation("Date", date);
        }

        return RetryAfter.Read(response.Headers, Now);
    }
}
