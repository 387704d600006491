using System;
using System.Linq;
using InboundProvisioning.Schema;
using InboundProvisioning.Scim;
using Xunit;

namespace InboundProvisioning.Core.Tests.Schema;

public sealed class SchemaTypesTests
{
    [Fact]
    public void The_custom_attributes_that_records_arrive_with_have_their_types()
    {
        SchemaExtension extension = new(Schemas.Urn, [new("HireDate") { Type = SchemaAttributeType.DateTime }, new("OnLeave") { Type = SchemaAttributeType.Boolean }]);

        ScimSchema custom = Assert.Single(extension.Plan(Schemas.Parse(Schemas.Small)).Schema.Extensions());

        Assert.Equal(Schemas.Urn, custom.Id);
        Assert.Equal(
            [("Level", ScimAttributeType.String), ("HireDate", ScimAttributeType.DateTime), ("OnLeave", ScimAttributeType.Boolean)],
            custom.Attributes.Select(attribute => (attribute.Name, attribute.Type)));
    }

    [Fact]
    public void Those_of_SCIMs_own_extensions_are_left_to_the_RFC()
    {
        ProvisioningSchema schema = Schemas.Parse(Schemas.Small.Replace(Schemas.Urn, ScimSchemas.EnterpriseUserUrn, StringComparison.Ordinal));

        Assert.Empty(schema.Extensions());
    }
}
