using System.Collections.Generic;
using System.Linq;
using System.Threading;
using InboundProvisioning.Core.Tests.Support;
using InboundProvisioning.Csv;
using InboundProvisioning.Mapping;
using InboundProvisioning.Schema;
using Xunit;

namespace InboundProvisioning.Core.Tests.Schema;

public sealed class ExtensionAttributesTests
{
    private static readonly SchemaAttribute Nothing = new(string.Empty);

    [Fact]
    public void A_column_that_no_attribute_can_be_named_for_gets_the_name_that_it_is_given_and_so_does_its_target()
    {
        var attributes = new ExtensionAttributes(Schemas.Urn, new ExtensionNames(new Dictionary<string, string> { ["Worker ID"] = "WorkerID" }), Nothing);
        using var directory = new TemporaryDirectory();
        var file = new CsvAttributes(new CsvFileOptions(), inferType: false);
        file.Read(directory.Write("workers.csv", "Worker ID,Level\n1,2\n"), CancellationToken.None);

        attributes.Add(file, columns: null);
        SchemaExtension extension = attributes.ToExtension(new Dictionary<string, string> { ["Worker ID"] = "employeeId" });

        Assert.Equal(["WorkerID", "Level"], extension.Attributes.Select(attribute => attribute.Name));
        Assert.Equal([KeyValuePair.Create("WorkerID", "employeeId")], extension.TargetAttributes);
    }

    [Fact]
    public void A_name_for_a_column_that_is_not_there_is_refused()
    {
        var attributes = new ExtensionAttributes(Schemas.Urn, new ExtensionNames(new Dictionary<string, string> { ["Wroker ID"] = "WorkerID" }), Nothing);
        attributes.Add(new SchemaAttribute("Worker ID"));

        InboundProvisioningException fault = Assert.Throws<InboundProvisioningException>(() => attributes.ToExtension(new Dictionary<string, string>()));

        Assert.Equal(("ColumnNotFound", "Wroker ID"), (fault.ErrorId, fault.Target));
        Assert.Contains("'Wroker ID', which is none of the columns: Worker ID.", fault.Message);
    }

    [Fact]
    public void What_is_common_to_all_counts_where_an_attribute_brings_nothing_of_its_own_and_a_urn_before_the_name_is_taken_off()
    {
        var attributes = new ExtensionAttributes(Schemas.Urn, ExtensionNames.Own, Nothing with { Type = SchemaAttributeType.Integer, FlowNullValues = true });
        attributes.Add(new SchemaAttribute(Schemas.Urn + ":HireDate") { Type = SchemaAttributeType.DateTime });
        attributes.Add(new SchemaAttribute("Level") { FlowNullValues = false });

        Assert.Equal(
            [
                new SchemaAttribute("HireDate") { Type = SchemaAttributeType.DateTime, FlowNullValues = true },
                new SchemaAttribute("Level") { Type = SchemaAttributeType.Integer, FlowNullValues = false },
            ],
            attributes.ToExtension(new Dictionary<string, string>()).Attributes);
    }

    [Fact]
    public void Columns_are_chosen_by_name_in_their_order()
    {
        var attributes = new ExtensionAttributes(Schemas.Urn, ExtensionNames.Own, Nothing);
        using var directory = new TemporaryDirectory();
        var file = new CsvAttributes(new CsvFileOptions(), inferType: false);
        string path = directory.Write("workers.csv", "A,B,C\n1,2,3\n");
        file.Read(path, CancellationToken.None);

        attributes.Add(file, ["c", Schemas.Urn + ":A"]);

        Assert.Equal(["C", "A"], attributes.ToExtension(new Dictionary<string, string>()).Attributes.Select(attribute => attribute.Name));
        InboundProvisioningException fault = Assert.Throws<InboundProvisioningException>(() => attributes.Add(file, ["D"]));
        Assert.Equal("ColumnNotFound", fault.ErrorId);
        Assert.Contains(path, fault.Message);
    }
}
