using System;
using System.Linq;
using InboundProvisioning.Conversion;
using InboundProvisioning.Core.Tests.Support;
using InboundProvisioning.Mapping;
using InboundProvisioning.Scim;
using Xunit;

namespace InboundProvisioning.Core.Tests.Mapping;

public sealed class TypedExtensionTests
{
    private static readonly ScimSchema Types = new(
        Mappings.CustomUrn.ToUpperInvariant(),
        [
            new("OnLeave", ScimAttributeType.Boolean, multiValued: false, readOnly: false, [], []),
            new("HireDate", ScimAttributeType.DateTime, multiValued: false, readOnly: false, [], []),
            new("Hours", ScimAttributeType.Integer, multiValued: false, readOnly: false, [], []),
            new("Dates", ScimAttributeType.DateTime, multiValued: true, readOnly: false, [], []),
        ]);

    [Fact]
    public void Values_go_out_in_the_types_of_the_schema()
    {
        RecordingObserver result = Run("Id,OnLeave,HireDate,Hours,Note\n1,False,2013-01-25,38,007\n", "OnLeave", "HireDate", "Hours", "Note");

        Assert.Equal("""{"OnLeave":false,"HireDate":"2013-01-25T00:00:00Z","Hours":38,"Note":"007"}""", Extension(result));
    }

    [Fact]
    public void Without_a_schema_they_go_out_as_texts()
    {
        RecordingObserver result = Conversions.RunText("Id,HireDate\n1,2013-01-25\n", Mapping(("HireDate", "HireDate")));

        Assert.Equal("""{"HireDate":"2013-01-25"}""", Extension(result));
    }

    [Theory]
    [InlineData("HireDate", "01/02/2013", "InvalidDateTime")]
    [InlineData("HireDate", "41299", "InvalidDateTime")]
    [InlineData("Hours", "007", "InvalidInteger")]
    [InlineData("Hours", "38.5", "InvalidInteger")]
    [InlineData("OnLeave", "maybe", "InvalidBoolean")]
    public void What_does_not_fit_is_an_error_of_the_row_that_shows_the_value(string attribute, string value, string errorId)
    {
        RecordingObserver result = Run($"Id,{attribute}\n1,{value}\n2,\n", emptyValue: EmptyValueHandling.Null, attribute);

        RejectedRow row = Assert.Single(result.Rejected);
        Assert.Equal((errorId, Mappings.CustomUrn + ":" + attribute), (row.Fault.ErrorId, row.Fault.Attribute));
        Assert.Contains("line 2", row.ToString(), StringComparison.Ordinal);
        Assert.Contains(attribute == "OnLeave" ? "true" : $"'{value}'", row.Fault.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_comparison_that_is_proposed_is_for_the_name_of_the_attribute()
    {
        RejectedRow row = Assert.Single(Run("Id,OnLeave\n1,maybe\n", "OnLeave").Rejected);

        Assert.Contains("compare: OnLeave = {", row.Fault.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_date_or_number_is_null_and_not_an_empty_text()
    {
        RecordingObserver result = Run("Id,HireDate,Hours,Note\n1,,,\n", "HireDate", "Hours", "Note");

        Assert.Equal("""{"HireDate":null,"Hours":null,"Note":""}""", Extension(result));
    }

    [Fact]
    public void What_a_script_block_gives_goes_out_in_the_types_of_the_schema_too()
    {
        RecordingObserver result = Conversions.RunText(
            "Id\n1\n",
            Mapping(
                ("HireDate", Mappings.Expression(_ => new DateTime(2013, 1, 25, 8, 0, 0, DateTimeKind.Unspecified))),
                ("Hours", Mappings.Expression(_ => 38.0)),
                ("OnLeave", Mappings.Expression(_ => "no")),
                ("Dates", Mappings.Expression(_ => new object[] { "20130125", new DateTimeOffset(2014, 1, 1, 0, 0, 0, TimeSpan.FromHours(1)) }))).WithExtensions([Types]));

        Assert.Equal("""{"HireDate":"2013-01-25T08:00:00Z","Hours":38,"OnLeave":false,"Dates":["2013-01-25T00:00:00Z","2014-01-01T00:00:00+01:00"]}""", Extension(result));
    }

    [Fact]
    public void A_constant_that_does_not_fit_is_refused_before_any_row()
    {
        InboundProvisioningException fault = Assert.Throws<InboundProvisioningException>(
            () => Conversions.RunText("Id\n1\n", Mapping(("HireDate", Mappings.Constant("soon"))).WithExtensions([Types])));

        Assert.Equal("InvalidConstant", fault.ErrorId);
    }

    private static RecordingObserver Run(string csv, params string[] columns) => Run(csv, EmptyValueHandling.EmptyString, columns);

    private static RecordingObserver Run(string csv, EmptyValueHandling emptyValue, params string[] columns) => Conversions.RunText(
        csv, Mapping([.. columns.Select(column => (column, (object?)column))]).WithExtensions([Types]), emptyValue);

    private static AttributeMapping Mapping(params (string Name, object? Value)[] attributes) => Mappings.Of(
        ("externalId", "Id"), (Mappings.CustomUrn, Mappings.Complex(attributes)));

    private static string Extension(RecordingObserver result) =>
        Assert.Single(result.Operations()).GetProperty("data").GetProperty(Mappings.CustomUrn).GetRawText();
}
