using System.Text;
using InboundProvisioning.Schema;
using Xunit;

namespace InboundProvisioning.Core.Tests.Schema;

public sealed class ValueTypeTests
{
    [Theory]
    [InlineData("0", true)]
    [InlineData("-12", true)]
    [InlineData("9223372036854775807", true)]
    [InlineData("9223372036854775808", false)]
    [InlineData("99999999999999999999", false)]
    [InlineData("007", false)]
    [InlineData("-0", false)]
    [InlineData("+1", false)]
    [InlineData("1.0", false)]
    [InlineData("1,000", false)]
    [InlineData("-", false)]
    [InlineData("", false)]
    public void Whole_numbers_of_JSON_are_integers(string text, bool expected) => Assert.Equal(expected, ValueType.IsInteger(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("true", true)]
    [InlineData("FALSE", true)]
    [InlineData("yes", false)]
    [InlineData("1", false)]
    [InlineData("truE ", false)]
    public void The_words_true_and_false_are_booleans(string text, bool expected) => Assert.Equal(expected, ValueType.IsBoolean(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("2024-02-29", true)]
    [InlineData("2023-02-29", false)]
    [InlineData("2021-05-01T00:00:00-05:00", true)]
    [InlineData("2021-05-01T00:00Z", true)]
    [InlineData("2021-05-01T00:00:00.1234567", true)]
    [InlineData("2021-05-01T00:00:00.", false)]
    [InlineData("2021-05-01T24:00:00Z", false)]
    [InlineData("2021-05-01 00:00:00", false)]
    [InlineData("2021-05-01T", false)]
    [InlineData("05/01/2021", false)]
    [InlineData("20210501", false)]
    [InlineData("0000-01-01", false)]
    public void Dates_of_ISO_8601_are_dates(string text, bool expected) => Assert.Equal(expected, ValueType.IsDateTime(Encoding.UTF8.GetBytes(text)));
}
