using System;
using System.Linq;
using InboundProvisioning.Schema;
using Xunit;

namespace InboundProvisioning.Core.Tests.Schema;

public sealed class SchemaImportTests
{
    [Fact]
    public void The_ids_become_those_of_the_job_and_nothing_else_changes()
    {
        ProvisioningSchema target = Schemas.Parse(Schemas.Small
            .Replace("API2AAD.1.a", "API2AAD.2.b", StringComparison.Ordinal)
            .Replace("Date:2026-01-02", "Date:2026-02-03", StringComparison.Ordinal)
            .Replace("rule-in", "rule-in-2", StringComparison.Ordinal)
            .Replace("dir-api", "dir-api-2", StringComparison.Ordinal));

        SchemaImport import = SchemaImport.Fit(Schemas.Parse(Schemas.Small.Replace("1.0 }", "1.00 }", StringComparison.Ordinal)), target);

        Assert.Equal(
            ["schema: API2AAD.1.a -> API2AAD.2.b", "version of the schema: Date:2026-01-02 -> Date:2026-02-03", "directory 'API': dir-api -> dir-api-2", "rule 'Inbound': rule-in -> rule-in-2"], import.RewrittenIds);
        Assert.Equal(
            ["~ directories[API].objects[User].attributes[externalId].weight: 1.0 -> 1.00"], import.Schema.DifferencesFrom(target));
    }

    [Fact]
    public void Onto_its_own_job_it_is_the_same_to_the_byte_but_for_the_context()
    {
        ProvisioningSchema schema = Schemas.Parse(Schemas.Small);

        SchemaImport import = SchemaImport.Fit(schema, schema);

        Assert.Empty(import.RewrittenIds);
        Assert.True(import.Schema.IsSameAs(schema));
        Assert.DoesNotContain("@odata.context", import.Schema.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_schema_whose_rules_go_elsewhere_is_of_another_template()
    {
        ProvisioningSchema other = Schemas.Parse(Schemas.Small.Replace("Azure Active Directory", "Active Directory", StringComparison.Ordinal));

        InboundProvisioningException fault = Assert.Throws<InboundProvisioningException>(() => SchemaImport.Fit(Schemas.Parse(Schemas.Small), other));

        Assert.Equal("SchemaOfOtherTemplate", fault.ErrorId);
        Assert.Contains("'API' to 'Active Directory'", fault.Message, StringComparison.Ordinal);
    }
}
