using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.Specialized;
using System.Linq;
using System.Numerics;
using InboundProvisioning.Core.Tests.Support;
using InboundProvisioning.Mapping;
using InboundProvisioning.Scim;
using static InboundProvisioning.Core.Tests.Support.Mappings;

namespace InboundProvisioning.Core.Tests.Mapping;

/// <summary>What a row and a mapping make: the JSON of one user.</summary>
public sealed class UserTemplateTests
{
    private const string Core = "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\"]";

    [Fact]
    public void A_row_becomes_one_operation_of_a_bulk_request()
    {
        RecordingObserver run = Conversions.RunText("externalId,userName,active\r\n7,\"Ä \"\"x\"\"\",Yes\r\n", AttributeMapping.Default);

        Assert.Equal(
            "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:BulkRequest\"],\"Operations\":[{\"method\":\"POST\",\"bulkId\":\"7\","
            + "\"path\":\"/Users\",\"data\":{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\"],\"externalId\":\"7\","
            + "\"userName\":\"Ä \\\"x\\\"\",\"active\":true}}],\"failOnErrors\":null}",
            Assert.Single(run.Requests));
    }

    [Fact]
    public void Without_an_externalId_the_number_of_the_row_is_the_bulkId()
    {
        RecordingObserver run = Conversions.RunText("A\r\nx\r\n\"y\r\n", Of(("title", "A")));

        Assert.Equal(["1"], run.Operations().Select(operation => operation.GetProperty("bulkId").GetString()));
        run = Conversions.RunText("A,B\r\nx\r\ny,1\r\n", Of(("title", "A")));
        Assert.Equal(["2"], run.Operations().Select(operation => operation.GetProperty("bulkId").GetString()));
    }

    [Fact]
    public void Extensions_in_use_are_named_in_schemas_in_the_order_of_the_mapping_after_the_core()
    {
        RecordingObserver run = Conversions.RunText("A\r\nx\r\n", Of(
            (CustomUrn, Complex(("HireDate", "A"))),
            ("title", "A"),
            (ScimSchemas.EnterpriseUserUrn, Complex(("department", "A"), ("manager", Complex(("value", "A")))))));

        Assert.Equal(
            [$"{{\"schemas\":[\"{ScimSchemas.UserUrn}\",\"{CustomUrn}\",\"{ScimSchemas.EnterpriseUserUrn}\"],\"{CustomUrn}\":{{\"HireDate\":\"x\"}},"
                + $"\"title\":\"x\",\"{ScimSchemas.EnterpriseUserUrn}\":{{\"department\":\"x\",\"manager\":{{\"value\":\"x\"}}}}}}"],
            run.Data());
    }

    [Fact]
    public void The_order_of_a_hashtable_is_that_of_RFC_7643_with_unknown_names_last_by_ordinal()
    {
        var mapping = new AttributeMapping(Unordered(
            ("zebra", "A"),
            ("urn:b", Complex(("x", "A"))),
            ("Zebra2", "A"),
            (ScimSchemas.EnterpriseUserUrn, Unordered(("manager", Unordered(("value", "A"))), ("employeeNumber", "A"))),
            ("urn:a", Unordered(("b", "A"), ("a", "A"))),
            ("active", Constant(true)),
            ("apple", "A"),
            ("title", "A"),
            ("name", Unordered(("honorificSuffix", "A"), ("other", "A"), ("familyName", "A"))),
            ("USERNAME", "A"),
            ("addresses", Mappings.Array(Unordered(("type", Constant("work")), ("country", "A"), ("formatted", "A")))),
            ("externalId", "A")));

        RecordingObserver run = Conversions.RunText("A\r\nx\r\n", mapping);

        Assert.Equal(
            [$"{{\"schemas\":[\"{ScimSchemas.UserUrn}\",\"{ScimSchemas.EnterpriseUserUrn}\",\"urn:a\",\"urn:b\"],"
                + "\"externalId\":\"x\",\"USERNAME\":\"x\",\"name\":{\"familyName\":\"x\",\"honorificSuffix\":\"x\",\"other\":\"x\"},\"title\":\"x\","
                + "\"active\":true,\"addresses\":[{\"formatted\":\"x\",\"country\":\"x\",\"type\":\"work\"}],\"Zebra2\":\"x\",\"apple\":\"x\",\"zebra\":\"x\","
                + $"\"{ScimSchemas.EnterpriseUserUrn}\":{{\"employeeNumber\":\"x\",\"manager\":{{\"value\":\"x\"}}}},"
                + "\"urn:a\":{\"a\":\"x\",\"b\":\"x\"},\"urn:b\":{\"x\":\"x\"}}"],
            run.Data());
    }

    [Theory]
    [InlineData("true", "true")]
    [InlineData("TRUE", "true")]
    [InlineData("Yes", "true")]
    [InlineData("1", "true")]
    [InlineData("False", "false")]
    [InlineData("NO", "false")]
    [InlineData("0", "false")]
    [InlineData("Y", "true")]
    [InlineData("y", "true")]
    [InlineData("T", "true")]
    [InlineData("t", "true")]
    [InlineData("N", "false")]
    [InlineData("n", "false")]
    [InlineData("F", "false")]
    [InlineData("f", "false")]
    public void The_texts_of_a_Boolean_become_JSON_Booleans(string text, string json)
    {
        string csv = $"A\r\n{text}\r\n";

        Assert.Equal([Core + ",\"active\":" + json + "}"], Conversions.RunText(csv, Of(("active", "A"))).Data());
        Assert.Equal([Core + ",\"active\":" + json + "}"], Conversions.RunText(csv, Of(("active", Expression(_ => text)))).Data());
        Assert.Equal([Core + ",\"active\":" + json + "}"], Conversions.RunText(csv, Of(("active", Constant(text)))).Data());
        Assert.Equal(
            [Core + ",\"emails\":[{\"primary\":" + json + "}]}"],
            Conversions.RunText(csv, Of(("emails", Mappings.Array(Complex(("primary", "A")))))).Data());
    }

    [Theory]
    [InlineData("Active")]
    [InlineData("2")]
    [InlineData("-1")]
    [InlineData(" true")]
    [InlineData("ja")]
    [InlineData("yy")]
    [InlineData("01")]
    [InlineData("true\u200B")]
    [InlineData("ＴＲＵＥ")]
    public void Any_other_text_for_a_Boolean_is_a_fault_of_the_row(string text)
    {
        foreach (object? value in new object?[] { "A", Expression(_ => text) })
        {
            RecordingObserver run = Conversions.RunText($"A\r\n{text}\r\n", Of(("active", value)));

            Assert.Empty(run.Requests);
            Assert.Equal("InvalidBoolean", Assert.Single(run.Rejected).Fault.ErrorId);
            Assert.StartsWith($"workers.csv, line 2, attribute active: The value '{text}' ", run.Rejected[0].ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Status", "Aktiv", "If it is the text that means true, compare: active = { $_.Status -eq 'Aktiv' }.")]
    [InlineData("Employee Status", "it's", "compare: active = { $_.'Employee Status' -eq 'it''s' }.")]
    [InlineData("Status", " true", "The value ' true' has white space around it. -Trim takes it off every column.")]
    public void The_fault_of_a_Boolean_shows_the_value_and_proposes_a_comparison(string column, string text, string words)
    {
        RecordingObserver run = Conversions.RunText($"{column}\r\n{text}\r\n", Of(("active", column)));

        Assert.Contains(words, Assert.Single(run.Rejected).Fault.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_numbers_0_and_1_of_an_expression_are_Booleans_and_others_are_not()
    {
        Assert.Equal([Core + ",\"active\":true}"], Conversions.RunText("A\r\nx\r\n", Of(("active", Expression(_ => 1L)))).Data());
        Assert.Equal([Core + ",\"active\":false}"], Conversions.RunText("A\r\nx\r\n", Of(("active", Expression(_ => (byte)0)))).Data());
        Assert.Equal([Core + ",\"active\":true}"], Conversions.RunText("A\r\nx\r\n", Of(("active", Expression(_ => 1.0)))).Data());
        Assert.Equal([Core + ",\"active\":false}"], Conversions.RunText("A\r\nx\r\n", Of(("active", Expression(_ => 0m)))).Data());
        foreach (object value in new object[] { 2, -1, 0.5, 1.01m, double.NaN, DateTime.UnixEpoch, 't' })
        {
            Assert.Equal("InvalidBoolean", Assert.Single(Conversions.RunText("A\r\nx\r\n", Of(("active", Expression(_ => value)))).Rejected).Fault.ErrorId);
        }
    }

    [Fact]
    public void An_empty_Boolean_is_a_fault_unless_empty_values_are_null_or_left_out()
    {
        object?[] values = ["A", Expression(_ => null), Expression(_ => ""), Expression(_ => DBNull.Value)];
        foreach (object? value in values)
        {
            AttributeMapping mapping = Of(("active", value), ("title", "B"));

            RecordingObserver run = Conversions.RunText("A,B\r\n,x\r\n", mapping);
            Assert.Equal("EmptyBoolean", Assert.Single(run.Rejected).Fault.ErrorId);
            Assert.Equal("active", run.Rejected[0].Fault.Attribute);
            Assert.Equal([Core + ",\"active\":null,\"title\":\"x\"}"], Conversions.RunText("A,B\r\n,x\r\n", mapping, EmptyValueHandling.Null).Data());
            Assert.Equal([Core + ",\"title\":\"x\"}"], Conversions.RunText("A,B\r\n,x\r\n", mapping, EmptyValueHandling.Omit).Data());
        }
    }

    [Theory]
    [InlineData(EmptyValueHandling.EmptyString, "\"title\":\"\",\"name\":{\"givenName\":\"\"},\"nickName\":null}")]
    [InlineData(EmptyValueHandling.Null, "\"title\":null,\"name\":{\"givenName\":null},\"nickName\":null}")]
    [InlineData(EmptyValueHandling.Omit, null)]
    public void Empty_texts_and_missing_columns_go_out_as_asked(EmptyValueHandling emptyValue, string? json)
    {
        AttributeMapping mapping = Of(("title", "A"), ("name", Complex(("givenName", "A"))), ("nickName", "NoSuchColumn"));

        Assert.Equal([Core + (json is null ? "}" : "," + json)], Conversions.RunText("A,B\r\n\"\",x\r\n", mapping, emptyValue).Data());
    }

    [Fact]
    public void Omit_takes_out_elements_that_have_only_constants_left_and_arrays_without_elements()
    {
        AttributeMapping mapping = Of(
            ("phoneNumbers", Mappings.Array(
                Complex(("type", Constant("work")), ("value", "Work")),
                Complex(("type", Constant("mobile")), ("value", "Mobile"), ("display", "Note")),
                Complex(("type", Constant("fax")), ("value", Constant("none"))))),
            ("emails", Mappings.Array(Complex(("type", Constant("work")), ("value", "Mail")))));

        IReadOnlyList<string> data = Conversions.RunText(
            "Work,Mobile,Note,Mail\r\n1,2,n,m\r\n,2,,\r\n,,n,\r\n,,,m\r\n", mapping, EmptyValueHandling.Omit).Data();

        const string Fax = "{\"type\":\"fax\",\"value\":\"none\"}]";
        Assert.Equal(
            [
                Core + ",\"phoneNumbers\":[{\"type\":\"work\",\"value\":\"1\"},{\"type\":\"mobile\",\"value\":\"2\",\"display\":\"n\"}," + Fax
                    + ",\"emails\":[{\"type\":\"work\",\"value\":\"m\"}]}",
                Core + ",\"phoneNumbers\":[{\"type\":\"mobile\",\"value\":\"2\"}," + Fax + "}",
                Core + ",\"phoneNumbers\":[{\"type\":\"mobile\",\"display\":\"n\"}," + Fax + "}",
                Core + ",\"phoneNumbers\":[" + Fax + ",\"emails\":[{\"type\":\"work\",\"value\":\"m\"}]}",
            ],
            data);
    }

    [Fact]
    public void Omit_takes_out_empty_complex_attributes_at_every_depth_and_keeps_those_with_a_constant()
    {
        AttributeMapping mapping = Of(
            ("name", Complex(("givenName", "A"), ("familyName", "B"))),
            ("outer", Complex(("inner", Complex(("innermost", Complex(("x", "A"))))))),
            ("kept", Complex(("constant", Constant(1)), ("x", "A"))));

        Assert.Equal(
            [Core + ",\"kept\":{\"constant\":1}}", Core + ",\"name\":{\"familyName\":\"b\"},\"kept\":{\"constant\":1}}"],
            Conversions.RunText("A,B,C\r\n\"\",,c\r\n,b,c\r\n", mapping, EmptyValueHandling.Omit).Data());
    }

    [Fact]
    public void Omit_takes_the_URN_of_an_extension_that_is_left_out_from_schemas_row_by_row()
    {
        AttributeMapping mapping = Of(
            ("urn:a", Complex(("x", "A"))), ("urn:b", Complex(("x", "B"))), ("urn:c", Complex(("x", "C"))), ("title", "T"));

        string[] schemas = [.. Conversions.RunText("A,B,C,T\r\n1,2,3,t\r\n,2,,t\r\n1,,3,t\r\n,,,t\r\n1,2,3,\r\n", mapping, EmptyValueHandling.Omit)
            .Operations().Select(operation => operation.GetProperty("data").GetProperty("schemas").GetRawText())];

        Assert.Equal(
            [
                $"[\"{ScimSchemas.UserUrn}\",\"urn:a\",\"urn:b\",\"urn:c\"]",
                $"[\"{ScimSchemas.UserUrn}\",\"urn:b\"]",
                $"[\"{ScimSchemas.UserUrn}\",\"urn:a\",\"urn:c\"]",
                $"[\"{ScimSchemas.UserUrn}\"]",
                $"[\"{ScimSchemas.UserUrn}\",\"urn:a\",\"urn:b\",\"urn:c\"]",
            ],
            schemas);
    }

    public static TheoryData<object?, string> Results => new()
    {
        { null, "null" },
        { DBNull.Value, "null" },
        { "", "\"\"" },
        { "a\"b\\c\u0001\u2028é😀", "\"a\\\"b\\\\c\\u0001\\u2028é\\uD83D\\uDE00\"" },
        { true, "true" },
        { (sbyte)-1, "-1" },
        { (byte)255, "255" },
        { (short)-5, "-5" },
        { (ushort)65535, "65535" },
        { int.MinValue, "-2147483648" },
        { uint.MaxValue, "4294967295" },
        { long.MinValue, "-9223372036854775808" },
        { ulong.MaxValue, "18446744073709551615" },
        { BigInteger.Parse("123456789012345678901234567890"), "123456789012345678901234567890" },
        { 1.50m, "1.50" },
        { decimal.MaxValue, "79228162514264337593543950335" },
        { 0.1, "0.1" },
        { -1e300, "-1E+300" },
        { 0.5f, "0.5" },
        { 'x', "\"x\"" },
        { DayOfWeek.Friday, "\"Friday\"" },
        { new DateTime(2021, 5, 1, 0, 0, 0, DateTimeKind.Utc), "\"2021-05-01T00:00:00Z\"" },
        { new DateTime(2021, 5, 1, 13, 4, 5, 120), "\"2021-05-01T13:04:05.12\"" },
        { new DateTimeOffset(2021, 5, 1, 0, 0, 0, TimeSpan.FromHours(-5)), "\"2021-05-01T00:00:00-05:00\"" },
        { new DateTimeOffset(2021, 5, 1, 0, 0, 0, TimeSpan.Zero), "\"2021-05-01T00:00:00+00:00\"" },
        { Guid.Parse("5f0a8a33-2d4d-4f0c-9f5e-6b1f7a5b1c7e"), "\"5f0a8a33-2d4d-4f0c-9f5e-6b1f7a5b1c7e\"" },
        { new Uri("https://contoso.example/a"), "\"https://contoso.example/a\"" },
        { new byte[] { 1, 2, 3 }, "\"AQID\"" },
        { new object?[] { 1, "a", null, true }, "[1,\"a\",null,true]" },
        { System.Array.Empty<object>(), "[]" },
        { new OrderedDictionary { ["b"] = 1, ["a"] = new ArrayList { "x" } }, "{\"b\":1,\"a\":[\"x\"]}" },
        { new Dictionary<string, int> { ["one"] = 1 }, "{\"one\":1}" },
        { new Hashtable { ["zeta"] = 1, ["alpha"] = 2, ["Beta"] = 3, ["m"] = 4, ["k"] = 5 }, "{\"Beta\":3,\"alpha\":2,\"k\":5,\"m\":4,\"zeta\":1}" },
    };

    [Theory]
    [MemberData(nameof(Results), DisableDiscoveryEnumeration = true)]
    public void Every_kind_of_result_has_its_JSON(object? value, string json)
    {
        RecordingObserver run = Conversions.RunText("A\r\nx\r\n", Of(("custom", Expression(_ => value))));

        Assert.Equal([Core + ",\"custom\":" + json + "}"], run.Data());
    }

    [Fact]
    public void The_members_of_a_hashtable_go_out_in_the_order_of_RFC_7643()
    {
        var name = new Hashtable { ["formatted"] = "f", ["zoo"] = "z", ["familyName"] = "l", ["givenName"] = "g", ["ape"] = "a" };

        Assert.Equal(
            [Core + ",\"name\":{\"formatted\":\"f\",\"familyName\":\"l\",\"givenName\":\"g\",\"ape\":\"a\",\"zoo\":\"z\"}}"],
            Conversions.RunText("A\r\nx\r\n", Of(("name", Expression(_ => name)))).Data());
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void A_number_that_JSON_does_not_have_is_a_fault_of_the_row(object value)
    {
        RecordingObserver run = Conversions.RunText("A\r\nx\r\n", Of(("custom", Expression(_ => value))));

        Assert.Equal("InvalidNumber", Assert.Single(run.Rejected).Fault.ErrorId);
    }

    [Theory]
    [InlineData(0xD800)]
    [InlineData(0xDC00)]
    public void Half_a_surrogate_pair_is_a_fault_of_the_row(int half)
    {
        string value = "a" + (char)half + "b";
        Assert.Equal("InvalidText", Assert.Single(Conversions.RunText("A\r\nx\r\n", Of(("custom", Expression(_ => value)))).Rejected).Fault.ErrorId);
        Assert.Equal(
            "InvalidText",
            Assert.Single(Conversions.RunText("A\r\nx\r\n", Of(("custom", Expression(_ => new Hashtable { [value] = 1 })))).Rejected).Fault.ErrorId);
    }

    [Fact]
    public void Objects_without_a_form_in_SCIM_and_endless_nesting_are_faults_of_the_row()
    {
        var endless = new ArrayList();
        endless.Add(endless);
        var endlessObject = new Hashtable();
        endlessObject["self"] = endlessObject;

        Assert.Equal("UnsupportedValue", Assert.Single(Conversions.RunText("A\r\nx\r\n", Of(("c", Expression(_ => new object())))).Rejected).Fault.ErrorId);
        Assert.Equal("ValueTooDeep", Assert.Single(Conversions.RunText("A\r\nx\r\n", Of(("c", Expression(_ => endless)))).Rejected).Fault.ErrorId);
        Assert.Equal("ValueTooDeep", Assert.Single(Conversions.RunText("A\r\nx\r\n", Of(("c", Expression(_ => endlessObject)))).Rejected).Fault.ErrorId);
    }

    [Fact]
    public void One_element_of_a_multi_valued_attribute_is_put_into_an_array()
    {
        var phone = new OrderedDictionary { ["value"] = "1" };

        Assert.Equal(
            [Core + ",\"phoneNumbers\":[{\"value\":\"1\"}]}"],
            Conversions.RunText("A\r\nx\r\n", Of(("phoneNumbers", Expression(_ => phone)))).Data());
        Assert.Equal(
            [Core + ",\"phoneNumbers\":[{\"value\":\"1\"},{\"value\":\"1\"}]}"],
            Conversions.RunText("A\r\nx\r\n", Of(("phoneNumbers", Expression(_ => new[] { phone, phone })))).Data());
    }

    [Fact]
    public void Several_values_for_a_single_valued_attribute_are_a_fault_of_the_row()
    {
        RecordingObserver run = Conversions.RunText("A\r\nx\r\n", Of(("title", Expression(_ => new[] { "a", "b" }))));

        Assert.Equal("SingleValueExpected", Assert.Single(run.Rejected).Fault.ErrorId);
    }

    [Fact]
    public void Omit_reaches_into_the_results_of_expressions()
    {
        AttributeMapping mapping = Of(
            ("title", Expression(_ => null)),
            ("name", Expression(_ => new OrderedDictionary { ["givenName"] = "", ["familyName"] = null })),
            ("phoneNumbers", Expression(_ => new object?[] { null, new OrderedDictionary { ["value"] = "" } })),
            ("nickName", Expression(_ => "kept")));

        Assert.Equal([Core + ",\"nickName\":\"kept\"}"], Conversions.RunText("A\r\nx\r\n", mapping, EmptyValueHandling.Omit).Data());
    }

    [Fact]
    public void A_failing_expression_is_a_fault_of_its_row_alone()
    {
        AttributeMapping mapping = Of(
            ("name", Complex(("givenName", Expression(row => (string?)row.GetValue(0) == "2"
                ? throw new RowExpressionException("no luck", new InvalidOperationException("inner"))
                : row.GetValue(0))))));

        RecordingObserver run = Conversions.RunText("A\r\n1\r\n2\r\n3\r\n", mapping);

        Assert.Equal(2, run.Operations);
        RowFault fault = Assert.Single(run.Rejected).Fault;
        Assert.Equal(("ScriptBlockFailed", "name.givenName"), (fault.ErrorId, fault.Attribute));
        Assert.IsType<InvalidOperationException>(fault.Exception);
        Assert.Equal(3, run.Rejected[0].Place.Line);
    }

    [Theory]
    [InlineData(EmptyValueHandling.EmptyString)]
    [InlineData(EmptyValueHandling.Null)]
    [InlineData(EmptyValueHandling.Omit)]
    public void An_empty_externalId_is_a_fault_of_the_row(EmptyValueHandling emptyValue)
    {
        RecordingObserver run = Conversions.RunText("Id,T\r\n,a\r\n2,b\r\n\"\",c\r\n", Of(("title", "T"), ("externalId", "Id")), emptyValue);

        Assert.Equal(["EmptyExternalId", "EmptyExternalId"], run.Rejected.Select(row => row.Fault.ErrorId));
        Assert.Equal([Core + ",\"title\":\"b\",\"externalId\":\"2\"}"], run.Data());
    }

    [Fact]
    public void An_externalId_seen_before_is_a_fault_of_the_later_row()
    {
        RecordingObserver run = Conversions.RunText("Id,N\r\na,1\r\nb,2\r\nA,1\r\n\"a\",3\r\n", Of(("externalId", "Id"), ("title", "N")));

        Assert.Equal(["a", "b"], run.Operations().Select(operation => operation.GetProperty("bulkId").GetString()));
        Assert.Equal([4L, 5L], run.Rejected.Select(row => row.Place.Line));
        Assert.All(run.Rejected, row => Assert.Equal("DuplicateExternalId", row.Fault.ErrorId));
    }

    [Fact]
    public void An_externalId_that_is_a_number_goes_out_as_text_and_equals_that_text()
    {
        RecordingObserver run = Conversions.RunText(
            "Id\r\n1\r\n2\r\n", Of(("externalId", Expression(row => (string?)row.GetValue(0) == "1" ? 42 : "42"))));

        Assert.Empty(run.Rejected);
        Assert.Equal([Core + ",\"externalId\":\"42\"}"], run.Data());
    }

    [Fact]
    public void An_externalId_that_is_an_object_or_array_is_a_fault_of_the_row()
    {
        AttributeMapping mapping = Of(("externalId", Expression(row => (string?)row.GetValue(0) == "1" ? new Hashtable { ["a"] = 1 } : new[] { 1, 2 })));

        RecordingObserver run = Conversions.RunText("Id\r\n1\r\n2\r\n", mapping);

        Assert.Equal(["InvalidExternalId", "SingleValueExpected"], run.Rejected.Select(row => row.Fault.ErrorId));
    }

    [Fact]
    public void A_mapping_that_gives_schemas_is_refused() =>
        Assert.Equal(
            "ReservedAttribute",
            Assert.Throws<InboundProvisioningException>(() => Conversions.RunText("A\r\n1\r\n", Of(("Schemas", "A")))).ErrorId);

    [Fact]
    public void A_constant_that_does_not_fit_is_refused_by_the_name_of_its_attribute()
    {
        InboundProvisioningException fault =
            Assert.Throws<InboundProvisioningException>(() => Conversions.RunText("A\r\n1\r\n", Of(("active", Constant("maybe")))));

        Assert.Equal("InvalidConstant", fault.ErrorId);
        Assert.Contains("active", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_of_attributes_are_escaped()
    {
        Assert.Equal([Core + ",\"a\\\"b\\\\\":\"1\"}"], Conversions.RunText("A\r\n1\r\n", Of(("a\"b\\", "A"))).Data());
    }
}
