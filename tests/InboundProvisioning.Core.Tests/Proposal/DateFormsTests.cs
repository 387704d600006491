using System;
using System.Globalization;
using System.Linq;
using InboundProvisioning.Proposal;

namespace InboundProvisioning.Core.Tests.Proposal;

public class DateFormsTests
{
    [Theory]
    [InlineData("2013-01-25", "yyyy-M-d")]
    [InlineData("2013/1/5", "yyyy/M/d")]
    [InlineData("2013.01.25", "yyyy.M.d")]
    [InlineData("20130125", "yyyyMMdd")]
    [InlineData("25/01/2013", "d/M/yyyy")]
    [InlineData("01/25/2013", "M/d/yyyy")]
    [InlineData("01/02/2013", "d/M/yyyy M/d/yyyy")]
    [InlineData("1.2.2013", "d.M.yyyy")]
    [InlineData("05-06-2013", "d-M-yyyy M-d-yyyy")]
    [InlineData("25-JAN-2013", "d-MMM-yyyy")]
    [InlineData("25 Jan 2013", "d MMM yyyy")]
    [InlineData("25-Jan-13", "d-MMM-yy")]
    [InlineData("Jan 25, 2013", "MMM d, yyyy")]
    [InlineData("25/01/13", "d/M/yy")]
    [InlineData("25.01.13", "d.M.yy")]
    [InlineData("2013年1月25日", "yyyy'年'M'月'd'日'")]
    [InlineData("25011980", "ddMMyyyy")]
    [InlineData("9999-12-31", "yyyy-M-d")]
    [InlineData("2013-02-30", "")]
    [InlineData("31/04/2013", "")]
    [InlineData("13/13/2013", "")]
    [InlineData("0013-01-25", "")]
    [InlineData("2013-01", "")]
    [InlineData("25-Foo-2013", "")]
    [InlineData("2013-01/25", "")]
    [InlineData("41299", "")]
    [InlineData("call 2013-01-25", "")]
    [InlineData("", "")]
    public void A_value_fits_the_forms_in_which_it_is_a_date(string text, string formats) =>
        Assert.Equal(formats, string.Join(' ', DateForms.FormatsOf(DateForms.Match(text, out _)).Order(StringComparer.Ordinal).OrderBy(static format => format.StartsWith('M'))));

    [Theory]
    [InlineData("2013-01-25 08:30", " H:mm")]
    [InlineData("25.01.2013 08:30:15", " H:mm:ss")]
    [InlineData("1/5/2013 8:30:15 PM", " h:mm:ss tt")]
    [InlineData("2013-01-25T08:30:15", "'T'H:mm:ss")]
    [InlineData("2013-01-25T08:30:15.123", "'T'H:mm:ss.FFFFFFF")]
    [InlineData("2013-01-25T08:30:15Z", "K")]
    [InlineData("2013-01-25T08:30:15+01:00", "K")]
    public void The_time_of_day_is_known_too(string text, string time)
    {
        Assert.NotEqual(0, DateForms.Match(text, out int times));
        Assert.Equal([time], DateForms.TimesOf(times));
    }

    [Theory]
    [InlineData("25.01.2013T08:30:15Z")]
    [InlineData("2013-01-25 25:30")]
    [InlineData("2013-01-25 08:3")]
    [InlineData("2013-01-25 08:30 XM")]
    public void A_wrong_time_of_day_makes_no_date(string text) => Assert.Equal(0, DateForms.Match(text, out _));

    [Theory]
    [InlineData("0000-00-00", true)]
    [InlineData("00000000", true)]
    [InlineData("0", true)]
    [InlineData("00.00.0000", true)]
    [InlineData("0000-00-00 00:00:00", true)]
    [InlineData("9999-12-31", true)]
    [InlineData("31.12.9999", true)]
    [InlineData("99991231", true)]
    [InlineData("2013-01-25", false)]
    [InlineData("2013-01-25 23:59:59.9999999", false)]
    [InlineData("9999", false)]
    [InlineData("-", false)]
    [InlineData("none", false)]
    public void What_stands_for_no_date_is_told_from_dates(string text, bool isSentinel) => Assert.Equal(isSentinel, DateForms.IsSentinel(text));

    // What a mapping says must be what .NET then does.
    [Fact]
    public void Each_form_is_a_format_that_parses_what_it_fits()
    {
        var day = new DateTime(2013, 11, 25, 8, 30, 15, DateTimeKind.Unspecified);
        foreach (string format in DateForms.FormatsOf(DateForms.All))
        {
            foreach (string time in DateForms.TimesOf(DateForms.AllTimes & ~DateForms.Offset))
            {
                string text = day.ToString(format + time, CultureInfo.InvariantCulture);
                int forms = DateForms.Match(text, out int times);

                Assert.Contains(format, DateForms.FormatsOf(forms));
                Assert.Equal(day.Date, DateTime.ParseExact(text, format + DateForms.TimesOf(times).Single(), CultureInfo.InvariantCulture).Date);
            }
        }
    }
}
