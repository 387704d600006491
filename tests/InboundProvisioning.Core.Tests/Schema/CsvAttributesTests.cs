using System.Linq;
using System.Threading;
using InboundProvisioning.Core.Tests.Support;
using InboundProvisioning.Csv;
using InboundProvisioning.Schema;
using Xunit;

namespace InboundProvisioning.Core.Tests.Schema;

public sealed class CsvAttributesTests
{
    [Fact]
    public void Ids_and_digits_with_leading_zeros_stay_texts_and_quantities_become_numbers()
    {
        using var directory = new TemporaryDirectory();
        var attributes = new CsvAttributes(new CsvFileOptions(), inferType: true);

        attributes.Read(directory.Write("workers.csv", "WorkerID,CostCenter,ZipCode,Badge,Level\n701984,4711,98052,007,5\n701985,4712,10115,12,-1\n"), CancellationToken.None);

        Assert.Equal(
            [
                ("WorkerID", SchemaAttributeType.String), ("CostCenter", SchemaAttributeType.String), ("ZipCode", SchemaAttributeType.String),
                ("Badge", SchemaAttributeType.String), ("Level", SchemaAttributeType.Integer),
            ],
            attributes.Attributes.Select(attribute => (attribute.Name, attribute.Type!.Value)));
        Assert.Equal("Integer in 2 of 2 values; by its name an identifier, so String", attributes.Attributes[0].Seen);
    }
}
