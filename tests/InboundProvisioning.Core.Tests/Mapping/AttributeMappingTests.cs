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
    public void The_columns_of_a_plain_hashtable_have_the_order_in_which_its_attributes_go_out()
    {
        MappedAttribute Column(string name) => new(name, new ColumnValue(name + "Column"));

        foreach (string[] order in new[] { new[] { "title", "x", "userName", "externalId" }, ["externalId", "userName", "x", "title"] })
        {
            var name = new MappedAttribute("name", new ComplexValue([Column("givenName"), Column("familyName")], isOrdered: false));
            var mapping = new AttributeMapping(new ComplexValue([name, .. System.Linq.Enumerable.Select(order, Column)], isOrdered: false));

            Assert.Equal(["externalIdColumn", "userNameColumn", "familyNameColumn", "givenNameColumn", "titleColumn", "xColumn"], mapping.Columns);
        }
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

    [Theory]
    [InlineData("Worker Status", "Status")]
    [InlineData("Status", null)]
    [InlineData("Cost center", "COST_CENTER_ID")]
    [InlineData("Hire Date", null)]
    [InlineData("", null)]
    public void A_name_with_a_word_more_or_less_is_near_where_it_is_the_only_one(string name, string? nearest) =>
        Assert.Equal(nearest, NearestName.FindByWords(name, name == "Status" ? ["Worker Status", "Job Status"] : ["Status", "COST_CENTER_ID", "Manager"]));
}
