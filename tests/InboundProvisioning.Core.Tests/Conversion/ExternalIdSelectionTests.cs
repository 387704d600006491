using System;
using System.Linq;
using System.Threading;
using InboundProvisioning.Conversion;
using InboundProvisioning.Core.Tests.Support;
using InboundProvisioning.Mapping;
using Xunit;

namespace InboundProvisioning.Core.Tests.Conversion;

public sealed class ExternalIdSelectionTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Only_the_rows_of_the_wanted_externalIds_are_converted_whatever_their_case()
    {
        ConversionSummary summary = Convert("externalId,userName,active\n1,a,true\n2,b,true\n\"O\"\"Hara Zoë/\",c,true\nA,d,true\n", out RecordingObserver observer, "2", "o\"hara zoË/", "a", "none");

        Assert.Equal(["2", "O\"Hara Zoë/", "A"], observer.Operations().Select(operation => operation.GetProperty("bulkId").GetString()!));
        Assert.Equal(["none"], summary.MissingExternalIds);
        Assert.Equal((4L, 0L), (summary.Rows, summary.RejectedRows));
    }

    [Fact]
    public void Faults_of_rows_that_are_not_wanted_are_none()
    {
        Convert("externalId,userName,active\n1,a,maybe\n,b,true\n1,c,true\n2,d,true\n", out RecordingObserver observer, "2");

        Assert.Equal("2", Assert.Single(observer.Operations()).GetProperty("bulkId").GetString());
        Assert.Empty(observer.Rejected);
    }

    [Fact]
    public void Faults_of_wanted_rows_are_faults()
    {
        ConversionSummary summary = Convert("externalId,userName,active\n1,a,maybe\n2,b,true\n2,c,true\n", out RecordingObserver observer, "1", "2");

        Assert.Equal(["InvalidBoolean", "DuplicateExternalId"], observer.Rejected.Select(row => row.Fault.ErrorId));
        Assert.Empty(summary.MissingExternalIds);
    }

    [Fact]
    public void With_nothing_wanted_nothing_is_converted()
    {
        Convert("externalId,userName,active\n1,a,true\n", out RecordingObserver observer);

        Assert.Empty(observer.Requests);
    }

    [Fact]
    public void The_mapping_must_have_an_externalId()
    {
        var mapping = new AttributeMapping(new ComplexValue([new MappedAttribute("userName", new ColumnValue("userName"))], isOrdered: true));

        var fault = Assert.Throws<InboundProvisioningException>(() => RowConversion.Check(new ConversionOptions { Mapping = mapping, ExternalIds = ["1"] }, new RowColumns(["userName"])));

        Assert.Equal("ExternalIdNotMapped", fault.ErrorId);
    }

    private ConversionSummary Convert(string csv, out RecordingObserver observer, params string[] externalIds)
    {
        observer = new RecordingObserver();
        var conversion = new CsvConversion([_directory.Write("workers.csv", csv)], new ConversionOptions { ExternalIds = externalIds });
        return conversion.Run(observer, rejects: null, CancellationToken.None);
    }
}
