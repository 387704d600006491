using System;
using System.Linq;
using InboundProvisioning.Core.Tests.Support;
using InboundProvisioning.Mapping;
using InboundProvisioning.Scim;
using static InboundProvisioning.Core.Tests.Support.Mappings;

namespace InboundProvisioning.Core.Tests.Mapping;

/// <summary>externalId, userName and the manager's externalId: a value that is not quite the right one is that of nobody, or of somebody else.</summary>
public sealed class IdentityTests
{
    [Theory]
    [InlineData("A1 ")]
    [InlineData(" A1")]
    [InlineData("A1\u00A0")]
    [InlineData("\u200BA1")]
    [InlineData("A1\t")]
    [InlineData("A1\uFEFF")]
    [InlineData("\u2003É")]
    [InlineData("日本\u3000")]
    [InlineData("\"\"A1\"\" ")]
    public void White_space_around_is_a_fault_of_the_row(string value)
    {
        foreach (AttributeMapping mapping in Mappings(value))
        {
            RecordingObserver run = Conversions.RunText($"Id\r\n\"{value}\"\r\n", mapping);

            Assert.Empty(run.Requests);
            RowFault fault = Assert.Single(run.Rejected).Fault;
            Assert.Equal("WhiteSpaceAround", fault.ErrorId);
            Assert.Contains("-Trim", fault.Reason, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("1.00E+05")]
    [InlineData("1,23457E+11")]
    [InlineData("1E+05")]
    [InlineData("1e+15")]
    public void A_number_that_a_spreadsheet_has_shortened_is_a_fault_of_the_row(string value)
    {
        foreach (AttributeMapping mapping in Mappings(value))
        {
            RecordingObserver run = Conversions.RunText($"Id\r\n\"{value}\"\r\n\"{value}\"\r\n", mapping);

            Assert.Empty(run.Requests);
            Assert.Equal(["DamagedNumber", "DamagedNumber"], run.Rejected.Select(row => row.Fault.ErrorId));
            Assert.Contains(value, run.Rejected[0].Fault.Reason, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("12E34")]
    [InlineData("1E-05")]
    [InlineData("1E5")]
    [InlineData("1.5E05")]
    [InlineData("12E+05")]
    [InlineData("1E+5")]
    [InlineData("A1E+05")]
    [InlineData("1.00E+05x")]
    [InlineData("00100000")]
    [InlineData("A 1")]
    [InlineData("É-ñ")]
    [InlineData("\u05E9\u05DC")]
    [InlineData("😀")]
    [InlineData("a\\\\")]
    [InlineData("\"\"A1\"\"")]
    [InlineData("a\\u00A0")]
    public void Any_other_value_goes_out(string value)
    {
        foreach (AttributeMapping mapping in Mappings(value))
        {
            Assert.Empty(Conversions.RunText($"Id\r\n\"{value}\"\r\n", mapping).Rejected);
        }
    }

    [Fact]
    public void A_number_that_has_lost_its_digits_on_the_way_is_a_fault_too() =>
        Assert.Equal("DamagedNumber", Assert.Single(Conversions.RunText("Id\r\nx\r\n", Of(("externalId", Expression(_ => 1e200)))).Rejected).Fault.ErrorId);

    [Fact]
    public void White_space_and_exponents_elsewhere_are_values() =>
        Assert.Empty(Conversions.RunText("A,B\r\n x ,1.00E+05\r\n", Of(("title", "A"), ("nickName", "B"))).Rejected);

    private static AttributeMapping[] Mappings(string value)
    {
        ExpressionValue computed = Expression(_ => value.Replace("\"\"", "\"", StringComparison.Ordinal));
        return
        [
            Of(("externalId", "Id")),
            Of(("externalId", computed)),
            Of(("USERNAME", "Id")),
            Of(("userName", computed)),
            Of((ScimSchemas.EnterpriseUserUrn, Complex(("manager", Complex(("value", "Id")))))),
            Of((ScimSchemas.EnterpriseUserUrn, Complex(("manager", Expression(_ => new System.Collections.Hashtable { ["value"] = value.Replace("\"\"", "\"", StringComparison.Ordinal) }))))),
        ];
    }
}
