using InboundProvisioning.Core.Tests.Support;
using InboundProvisioning.Mapping;
using static InboundProvisioning.Core.Tests.Support.Mappings;

namespace InboundProvisioning.Core.Tests.Mapping;

public sealed class AttributeMappingTests
{
    [Fact]
    public void The_columns_are_those_of_all_levels_and_expressions_each_once()
    {
        AttributeMapping mapping = Of(
            ("externalId", "Id"),
            ("active", Expression(_ => true, "Status", "ID")),
            ("name", Complex(("givenName", "First"), ("familyName", Constant("x")))),
            ("phoneNumbers", Array(Complex(("value", "Phone")), Complex(("value", "first")))));

        Assert.Equal(["Id", "Status", "First", "Phone"], mapping.Columns);
        Assert.False(mapping.RunsScript);
    }

    [Fact]
    public void Left_out_a_mapping_is_of_externalId_userName_and_active()
    {
        Assert.Equal(["externalId", "userName", "active"], AttributeMapping.Default.Columns);
        Assert.True(AttributeMapping.Default.Maps("ACTIVE"));
        Assert.False(AttributeMapping.Default.Maps("title"));
    }

    [Theory]
    [InlineData("usrName", "userName")]
    [InlineData("DISPLAYNAM", "displayName")]
    [InlineData("tilte", "title")]
    [InlineData("famlyName", null)]
    [InlineData("x", null)]
    [InlineData("", null)]
    public void The_nearest_name_is_one_of_few_edits(string name, string? nearest) =>
        Assert.Equal(nearest, NearestName.Find(name, ["userName", "displayName", "title"]));
}
