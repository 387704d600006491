using System;
using System.Collections;
using System.Linq;
using InboundProvisioning.Core.Tests.Support;
using InboundProvisioning.Mapping;
using InboundProvisioning.Scim;
using static InboundProvisioning.Core.Tests.Support.Mappings;

namespace InboundProvisioning.Core.Tests.Mapping;

/// <summary>Objects where texts belong, texts where objects belong, arrays, and the one primary value.</summary>
public sealed class ShapeTests
{
    private const string Core = "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\"]";

    public static TheoryData<string, object, string> Misfits => new()
    {
        { "userName", Expression(_ => new Hashtable { ["value"] = "x" }), "SimpleValueExpected" },
        { "title", Complex(("value", "A")), "SimpleValueExpected" },
        { "title", Mappings.Array("A"), "SingleValueExpected" },
        { "name", Expression(_ => "x"), "ComplexValueExpected" },
        { "name", Expression(_ => 5), "ComplexValueExpected" },
        { "name", Constant("x"), "ComplexValueExpected" },
        { "name", new ColumnValue("A"), "ComplexValueExpected" },
        { "name", Complex(("givenName", Expression(_ => new Hashtable { ["value"] = "x" }))), "SimpleValueExpected" },
        { "name", Expression(_ => new Hashtable { ["givenName"] = new Hashtable { ["a"] = 1 } }), "SimpleValueExpected" },
        { "emails", Expression(_ => "a@b.example"), "ComplexValueExpected" },
        { "emails", Expression(_ => new[] { "a@b.example", "c@d.example" }), "ComplexValueExpected" },
        { "emails", new ColumnValue("A"), "ComplexValueExpected" },
        { "emails", Mappings.Array("A"), "ComplexValueExpected" },
        { "emails", Mappings.Array(Complex(("value", Expression(_ => new Hashtable { ["a"] = 1 })))), "SimpleValueExpected" },
        { ScimSchemas.EnterpriseUserUrn, Expression(_ => "x"), "ComplexValueExpected" },
        { ScimSchemas.EnterpriseUserUrn, Complex(("manager", "A")), "ComplexValueExpected" },
        { "urn:contoso:1.0:User", Expression(_ => "x"), "ComplexValueExpected" },
    };

    [Theory]
    [MemberData(nameof(Misfits), DisableDiscoveryEnumeration = true)]
    public void A_value_of_another_shape_than_its_attribute_is_a_fault_of_the_row(string attribute, object value, string errorId)
    {
        foreach (EmptyValueHandling emptyValue in Enum.GetValues<EmptyValueHandling>())
        {
            RecordingObserver run = Conversions.RunText("A\r\nx\r\n", Of((attribute, value)), emptyValue);

            Assert.Empty(run.Requests);
            Assert.Equal(errorId, Assert.Single(run.Rejected).Fault.ErrorId);
        }
    }

    [Fact]
    public void Values_that_are_missing_have_no_shape() =>
        Assert.Equal(
            [Core + ",\"name\":null,\"emails\":null}"],
            Conversions.RunText("A\r\nx\r\n", Of(("name", Expression(_ => null)), ("emails", Expression(_ => null)))).Data());

    [Fact]
    public void One_hashtable_for_a_multi_valued_attribute_becomes_an_array_of_one()
    {
        AttributeMapping mapping = Of(("emails", Complex(("type", Constant("work")), ("value", "A"))));

        Assert.Equal([Core + ",\"emails\":[{\"type\":\"work\",\"value\":\"x\"}]}"], Conversions.RunText("A\r\nx\r\n", mapping).Data());
        Assert.Equal([Core + "}"], Conversions.RunText("A,B\r\n,b\r\n", mapping, EmptyValueHandling.Omit).Data());
    }

    [Fact]
    public void Two_primary_values_are_a_fault_of_the_row_however_they_come_about()
    {
        Hashtable primary = new() { ["value"] = "x", ["Primary"] = true };
        MappingValue[] values =
        [
            Mappings.Array(Complex(("value", "A"), ("primary", Constant(true))), Complex(("value", "A"), ("PRIMARY", "P"))),
            Mappings.Array(Complex(("value", "A"), ("primary", "P")), Complex(("value", "A"), ("primary", Expression(_ => true)))),
            Mappings.Array(Expression(_ => primary), Complex(("value", "A"), ("primary", Constant("yes")))),
            Expression(_ => new[] { primary, primary }),
        ];
        foreach (MappingValue value in values)
        {
            RecordingObserver run = Conversions.RunText("A,P\r\nx,true\r\n", Of(("phoneNumbers", value)));

            Assert.Empty(run.Requests);
            Assert.Equal("SeveralPrimaries", Assert.Single(run.Rejected).Fault.ErrorId);
        }
    }

    [Fact]
    public void One_primary_value_among_several_goes_out()
    {
        AttributeMapping mapping = Of(("phoneNumbers", Mappings.Array(
            Complex(("value", "A"), ("primary", Constant(true))), Complex(("value", "B"), ("primary", Constant(true))), Complex(("value", "A"), ("primary", "P")))));

        // With its value left out, the second one is no phone number.
        Assert.Equal(
            [Core + ",\"phoneNumbers\":[{\"value\":\"x\",\"primary\":true},{\"value\":\"x\",\"primary\":false}]}"],
            Conversions.RunText("A,B,P\r\nx,,no\r\n", mapping, EmptyValueHandling.Omit).Data());
        Assert.Empty(Conversions.RunText("A,P\r\nx,true\r\n", Of(("phoneNumbers", Mappings.Array(
            Complex(("value", "A"), ("primary", Constant(false))), Complex(("value", "A"), ("primary", "P")))))).Rejected);
    }
}
