using System.Linq;
using InboundProvisioning.Conversion;
using InboundProvisioning.Core.Tests.Support;
using InboundProvisioning.Mapping;
using InboundProvisioning.Scim;
using static InboundProvisioning.Core.Tests.Support.Mappings;

namespace InboundProvisioning.Core.Tests.Mapping;

/// <summary>All columns under the URN of a namespace.</summary>
public sealed class NamespaceTests : System.IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Every_column_goes_under_the_URN_by_its_name_in_the_header()
    {
        Assert.Equal(
            [$"{{\"schemas\":[\"{ScimSchemas.UserUrn}\",\"{CustomUrn}\"],\"title\":\"1\",\"{CustomUrn}\":{{\"Worker ID\":\"1\",\"b\":\"\"}}}}"],
            Run(Of(("title", "worker id")), "\"Worker ID\",b\r\n1,\r\n").Data());
    }

    [Fact]
    public void An_extension_of_that_URN_in_the_mapping_comes_first_and_wins()
    {
        Assert.Equal(
            [$"{{\"schemas\":[\"{ScimSchemas.UserUrn}\",\"{CustomUrn}\"],\"title\":\"1\",\"{CustomUrn}\":{{\"X\":\"2\",\"b\":5,\"A\":\"1\"}}}}"],
            Run(Of((CustomUrn, Complex(("X", "B"), ("b", Constant(5)))), ("title", "A")), "A,B\r\n1,2\r\n").Data());
    }

    [Fact]
    public void An_expression_for_the_whole_extension_and_the_namespace_exclude_each_other()
    {
        InboundProvisioningException fault = Assert.Throws<InboundProvisioningException>(
            () => Run(Of((CustomUrn, Expression(_ => null))), "A,B\r\n1,2\r\n"));

        Assert.Equal("ComplexValueExpected", fault.ErrorId);
    }

    [Fact]
    public void The_reason_column_of_a_reject_file_stays_out()
    {
        Assert.Equal(
            [$"{{\"schemas\":[\"{ScimSchemas.UserUrn}\",\"{CustomUrn}\"],\"title\":\"1\",\"{CustomUrn}\":{{\"A\":\"1\"}}}}"],
            Run(Of(("title", "A")), "A,RejectReason\r\n1,was wrong\r\n").Data());
    }

    [Fact]
    public void With_Omit_empty_columns_stay_out_and_the_URN_when_all_are_empty()
    {
        RecordingObserver run = Conversions.Run(
            new ConversionOptions { Mapping = Of(("title", Constant("t"))), ScimSchemaNamespace = CustomUrn, EmptyValue = EmptyValueHandling.Omit },
            _directory.Write("a.csv", "A,B,RejectReason\r\n1,,\r\n\"\",,why\r\n"));

        Assert.Equal(
            [
                $"{{\"schemas\":[\"{ScimSchemas.UserUrn}\",\"{CustomUrn}\"],\"title\":\"t\",\"{CustomUrn}\":{{\"A\":\"1\"}}}}",
                $"{{\"schemas\":[\"{ScimSchemas.UserUrn}\"],\"title\":\"t\"}}",
            ],
            run.Data());
    }

    private RecordingObserver Run(AttributeMapping mapping, string csv) =>
        Conversions.Run(new ConversionOptions { Mapping = mapping, ScimSchemaNamespace = CustomUrn }, _directory.Write("a.csv", csv));
}
