using System;
using System.Linq;
using InboundProvisioning.Core.Tests.Support;
using InboundProvisioning.Mapping;
using InboundProvisioning.Scim;
using static InboundProvisioning.Core.Tests.Support.Mappings;

namespace InboundProvisioning.Core.Tests.Mapping;

public sealed class AttributeMappingValidatorTests
{
    private static readonly (string, object?) Active = ("active", "Active");

    [Fact]
    public void A_sound_mapping_has_no_finding()
    {
        Assert.Empty(AttributeMappingValidator.Validate(Of(
            ("id", "Id"),
            ("externalId", "Id"),
            ("USERNAME", "User"),
            Active,
            ("name", Complex(("givenName", "First"), ("familyName", "Last"))),
            ("emails", Mappings.Array(Complex(("type", Constant("Work")), ("value", "Mail"), ("primary", Constant(true))))),
            ("addresses", Expression(_ => null)),
            (ScimSchemas.EnterpriseUserUrn, Complex(("department", "Dept"), ("manager", Complex(("value", "Boss"))))))));
    }

    [Theory]
    [InlineData("usrName", "Did you mean userName?")]
    [InlineData("diplayname", "Did you mean displayName?")]
    [InlineData("department", "department belongs under urn:ietf:params:scim:schemas:extension:enterprise:2.0:User.")]
    [InlineData("zzzzzzzz", "There is no such attribute.")]
    public void An_unknown_attribute_is_an_error_that_names_the_nearest(string name, string words) =>
        AssertFinding(isError: true, "UnknownAttribute", name, words, (name, "Column"));

    [Fact]
    public void Unknown_sub_attributes_are_named_by_their_path()
    {
        AssertFinding(true, "UnknownAttribute", "name.givnName", "Did you mean givenName?", ("name", Complex(("givnName", "F"))));
        AssertFinding(
            true, "UnknownAttribute", "addresses[1].citty", "addresses[1].citty", ("addresses", Mappings.Array(Complex(), Complex(("citty", "F")))));
        AssertFinding(
            true,
            "UnknownAttribute",
            ScimSchemas.EnterpriseUserUrn + ":manager.valeu",
            "Did you mean value?",
            (ScimSchemas.EnterpriseUserUrn, Complex(("manager", Complex(("valeu", "M"))))));
    }

    [Fact]
    public void A_simple_value_for_a_complex_attribute_is_an_error()
    {
        AssertFinding(true, "ComplexValueExpected", "name", "givenName", ("name", "FullName"));
        AssertFinding(true, "ComplexValueExpected", "name", "givenName", ("name", Constant("x")));
        AssertFinding(true, "ComplexValueExpected", "emails[0]", "value", ("emails", Mappings.Array("Mail")));
        AssertFinding(true, "ComplexValueExpected", CustomUrn, "hashtable", (CustomUrn, "Column"));
    }

    [Fact]
    public void A_hashtable_for_a_simple_attribute_is_an_error() =>
        AssertFinding(true, "SimpleValueExpected", "title", "not a hashtable", ("title", Complex(("value", "T"))));

    [Fact]
    public void A_multi_valued_attribute_needs_an_array_and_a_single_valued_one_none()
    {
        AssertFinding(true, "ArrayExpected", "emails", "@(", ("emails", Complex(("value", "Mail"))));
        AssertFinding(true, "ArrayExpected", "phoneNumbers", "@(", ("phoneNumbers", "Phone"));
        AssertFinding(true, "SingleValueExpected", "title", "not an array", ("title", Mappings.Array("A", "B")));
    }

    [Fact]
    public void What_an_expression_is_seen_to_give_is_held_against_the_attribute()
    {
        AssertFinding(true, "SimpleValueExpected", "userName", "simple", ("userName", Giving(ValueShape.Complex)));
        AssertFinding(true, "ComplexValueExpected", "name", "givenName", ("name", Giving(ValueShape.Simple)));
        AssertFinding(true, "ComplexValueExpected", "emails", "value", ("emails", Giving(ValueShape.Simple)));
        AssertFinding(true, "ComplexValueExpected", CustomUrn, "hashtable", (CustomUrn, Giving(ValueShape.Simple)));
        AssertFinding(true, "SingleValueExpected", "title", "not an array", ("title", Giving(ValueShape.Several)));
        Assert.Empty(AttributeMappingValidator.Validate(Of(Active, ("name", Giving(ValueShape.Complex)), ("emails", Giving(ValueShape.Complex)))));

        static ExpressionValue Giving(ValueShape shape) => new(new DelegateExpression(_ => null, []), shape);
    }

    [Fact]
    public void Two_values_that_are_always_primary_are_an_error() =>
        AssertFinding(true, "SeveralPrimaries", "emails", "primary", ("emails", Mappings.Array(
            Complex(("value", "A"), ("primary", Constant(true))), Complex(("value", "B"), ("Primary", Constant("yes"))), Complex(("value", "B"), ("primary", "C")))));

    [Fact]
    public void A_conversion_warns_of_all_errors_but_those_that_it_mends_and_of_a_missing_active()
    {
        string[] warnings = [.. AttributeMappingValidator.WarningsOf(Of(
            ("titel", "A"), ("emails", Complex(("value", "A"), ("valeu", "A"))), ("phoneNumbers", Mappings.Array(Complex(("type", Constant("cell"))))), ("name", "A")))];

        Assert.Equal(4, warnings.Length);
        Assert.StartsWith("titel: ", warnings[0], StringComparison.Ordinal);
        Assert.StartsWith("emails.valeu: ", warnings[1], StringComparison.Ordinal);
        Assert.StartsWith("name: ", warnings[2], StringComparison.Ordinal);
        Assert.Equal(AttributeMappingValidator.NoActive, warnings[3]);
    }

    [Fact]
    public void A_constant_of_another_type_is_an_error()
    {
        AssertFinding(true, "WrongConstantType", "title", "Int32", ("title", Constant(5)));
        AssertFinding(true, "WrongConstantType", "name.givenName", "Boolean", ("name", Complex(("givenName", Constant(true)))));
        AssertFinding(true, "WrongConstantType", "emails[0].primary", "Boolean", ("emails", Mappings.Array(Complex(("primary", Constant("maybe"))))));
        Assert.Empty(AttributeMappingValidator.Validate(Of(("active", Constant("yes")))));
        Assert.Empty(AttributeMappingValidator.Validate(Of(("active", Constant(1)))));
        Assert.Empty(AttributeMappingValidator.Validate(Of(Active, ("title", Constant(null)))));
    }

    [Fact]
    public void An_unknown_canonical_type_is_a_warning() =>
        AssertFinding(
            false, "UnknownCanonicalValue", "phoneNumbers[0].type", "mobile", ("phoneNumbers", Mappings.Array(Complex(("type", Constant("cell")), ("value", "P")))));

    [Fact]
    public void A_fixed_word_without_braces_is_a_warning() =>
        AssertFinding(
            false, "ConstantWithoutBraces", "phoneNumbers[0].type", "{ 'Mobile' }", ("phoneNumbers", Mappings.Array(Complex(("type", "Mobile"), ("value", "P")))));

    [Fact]
    public void An_extension_without_a_known_schema_is_a_warning() =>
        AssertFinding(false, "UnknownSchema", CustomUrn, "not checked", (CustomUrn, Complex(("Anything", "A"))));

    [Fact]
    public void The_URN_of_the_core_user_as_an_extension_is_an_error() =>
        AssertFinding(true, "CoreSchemaAsExtension", ScimSchemas.UserUrn, "top", (ScimSchemas.UserUrn, Complex(("title", "T"))));

    [Fact]
    public void A_value_for_schemas_is_an_error() => AssertFinding(true, "ReservedAttribute", "schemas", "Leave schemas out", ("schemas", "S"));

    [Fact]
    public void A_read_only_attribute_is_a_warning() =>
        AssertFinding(false, "ReadOnlyAttribute", "groups", "read-only", ("groups", Expression(_ => null)));

    [Fact]
    public void No_active_is_a_warning_that_says_what_it_can_do()
    {
        MappingFinding finding = Assert.Single(AttributeMappingValidator.Validate(Of(("title", "T"))));

        Assert.Equal((false, "NoActive"), (finding.IsError, finding.ErrorId));
        Assert.Contains("disable an account", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_findings_are_reported_in_the_order_of_the_mapping() =>
        Assert.Equal(
            ["title", "name.x", "emails", "active"],
            AttributeMappingValidator.Validate(Of(("title", Constant(1)), ("name", Complex(("x", "A"))), ("emails", "M"))).Select(finding => finding.Attribute));

    [Fact]
    public void The_schemas_are_those_of_RFC_7643()
    {
        Assert.Equal(ScimSchemas.UserUrn, ScimSchemas.User.Id);
        Assert.Equal(
            [
                "id", "externalId", "meta", "userName", "name", "displayName", "nickName", "profileUrl", "title", "userType", "preferredLanguage", "locale",
                "timezone", "active", "password", "emails", "phoneNumbers", "ims", "photos", "addresses", "groups", "entitlements", "roles", "x509Certificates",
            ],
            ScimSchemas.User.Attributes.Select(attribute => attribute.Name));
        Assert.Equal(
            ["employeeNumber", "costCenter", "organization", "division", "department", "manager"],
            ScimSchemas.EnterpriseUser.Attributes.Select(attribute => attribute.Name));
        Assert.Equal(
            ["emails", "phoneNumbers", "ims", "photos", "addresses", "groups", "entitlements", "roles", "x509Certificates"],
            ScimSchemas.User.Attributes.Where(attribute => attribute.MultiValued).Select(attribute => attribute.Name));
        Assert.Equal(ScimAttributeType.Boolean, ScimSchemas.User.Find("ACTIVE")!.Type);
    }

    private static void AssertFinding(bool isError, string errorId, string path, string words, (string, object?) attribute)
    {
        MappingFinding finding = Assert.Single(AttributeMappingValidator.Validate(Of(Active, attribute)));
        Assert.Equal((isError, errorId, path), (finding.IsError, finding.ErrorId, finding.Attribute));
        Assert.Contains(words, finding.Message, StringComparison.Ordinal);
        Assert.StartsWith(path, finding.Message, StringComparison.Ordinal);
    }
}
