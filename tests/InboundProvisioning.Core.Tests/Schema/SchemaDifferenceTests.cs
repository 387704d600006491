using System;
using InboundProvisioning.Schema;
using Xunit;

namespace InboundProvisioning.Core.Tests.Schema;

public sealed class SchemaDifferenceTests
{
    [Theory]
    [InlineData("""{"a":1}""", """{"a":1.0}""", "~ a: 1 -> 1.0")]
    [InlineData("""{"a":1}""", """{"a":1,"b":null}""", "+ b: null")]
    [InlineData("""{"a":1,"b":{"c":2}}""", """{"a":1}""", """- b: {"c":2}""")]
    [InlineData("""{"a":[{"name":"x","v":1},{"name":"y"}]}""", """{"a":[{"name":"y"},{"name":"x","v":2}]}""", "~ a[x].v: 1 -> 2")]
    [InlineData("""{"a":[{"name":"x"},{"name":"y"}]}""", """{"a":[{"name":"y"},{"name":"x"}]}""", "~ a: the order")]
    [InlineData("""{"o":[{"name":"x","flowTypes":"Add, Update, Delete"}]}""", """{"o":[{"name":"x","flowTypes":"Add,Update,Delete"}]}""", "")]
    [InlineData("""{"o":[{"name":"x","flowTypes":"Add, Update, Delete"}]}""", """{"o":[{"name":"x","flowTypes":"Delete, Add, Update"}]}""", "")]
    [InlineData("""{"o":[{"name":"x","flowTypes":"Add, Update, Delete"}]}""", """{"o":[{"name":"x","flowTypes":"Add,Update"}]}""", """~ o[x].flowTypes: "Add, Update, Delete" -> "Add,Update" """)]
    [InlineData("""{"o":{"expression":"a, b"}}""", """{"o":{"expression":"a,b"}}""", """~ o.expression: "a, b" -> "a,b" """)]
    [InlineData("""{"o":[{"name":"x","d":"a\u002Bb"}]}""", """{ "o": [ { "d":"a+b", "name": "x" } ] }""", "")]
    [InlineData("""{"a":[1,2]}""", """{"a":[1,3,4]}""", "~ a[1]: 2 -> 3|+ a[2]: 4")]
    [InlineData("""{"a":[{"key":"k","value":"1"}]}""", """{"a":[{"key":"k","value":"2"}]}""", """~ a[k].value: "1" -> "2" """)]
    [InlineData(
        """{"o":{"attributes":[]}}""", """{"o":{"attributes":[{"name":"x","type":"DateTime","required":true,"multivalued":false}]}}""", "+ o.attributes[x]: an attribute of type DateTime, required")]
    [InlineData(
        """{"o":{"attributeMappings":[{"targetAttributeName":"city","flowType":"ObjectAddOnly","matchingPriority":1,"source":{"type":"Attribute","expression":"[a]"}}]}}""",
        """{"o":{"attributeMappings":[]}}""",
        "- o.attributeMappings[city]: a mapping: city from [a], flow ObjectAddOnly, matches accounts with priority 1")]
    [InlineData("""{"o":{"attributeMappings":[]}}""", """{"o":{"attributeMappings":[{"name":"x","v":1}]}}""", """+ o.attributeMappings[x]: {"name":"x","v":1}""")]
    [InlineData("""{"@odata.context":"x","a":1}""", """{"a":1}""", "")]
    public void Each_difference_is_a_line(string before, string after, string lines) => Assert.Equal(
        lines.Trim().Split('|', StringSplitOptions.RemoveEmptyEntries), Schemas.Parse(after).DifferencesFrom(Schemas.Parse(before)));

    [Fact]
    public void A_schema_nested_beyond_reason_is_compared_all_the_same()
    {
        string Nested(string core) => string.Concat(System.Linq.Enumerable.Repeat("{\"a\":", 20000)) + core + new string('}', 20000);

        Assert.StartsWith("~ a.a.", Assert.Single(Schemas.Parse(Nested("1")).DifferencesFrom(Schemas.Parse(Nested("2")))), StringComparison.Ordinal);
    }
}
