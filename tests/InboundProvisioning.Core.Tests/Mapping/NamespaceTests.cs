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
    public void A_column_that_no_attribute_can_be_named_for_is_refused_before_any_output()
    {
        var options = new ConversionOptions { Mapping = Of(("title", "b")), ScimSchemaNamespace = CustomUrn };
        string path = _directory.Write("a.csv", "Worker ID,b\r\n1,2\r\n");

        InboundProvisioningException fault = Assert.Throws<InboundProvisioningException>(() => new CsvConversion([path], options).CheckHeaders());

        Assert.Equal("InvalidAttributeName", fault.ErrorId);
        Assert.StartsWith(path, fault.Message, System.StringComparison.Ordinal);
        Assert.EndsWith("-ScimName @{ 'Worker ID' = 'WorkerID' }", fault.Message, System.StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_goes_under_the_name_that_it_is_given()
    {
        var options = new ConversionOptions { Mapping = Of(("title", "Worker ID")), ScimSchemaNamespace = CustomUrn, ScimNames = Names(("worker id", "WorkerID")) };
        string path = _directory.Write("a.csv", "Worker ID,b\r\n1,2\r\n");

        Assert.Empty(new CsvConversion([path], options).CheckHeaders());
        Assert.Equal(
            [$"{{\"schemas\":[\"{ScimSchemas.UserUrn}\",\"{CustomUrn}\"],\"title\":\"1\",\"{CustomUrn}\":{{\"WorkerID\":\"1\",\"b\":\"2\"}}}}"],
            Conversions.Run(options, path).Data());
    }

    [Fact]
    public void A_name_for_a_column_that_is_in_no_file_is_refused()
    {
        var options = new ConversionOptions { Mapping = Of(("title", "b")), ScimSchemaNamespace = CustomUrn, ScimNames = Names(("Wroker", "Worker")) };

        Assert.Equal(
            "ColumnNotFound",
            Assert.Throws<InboundProvisioningException>(() => new CsvConversion([_directory.Write("a.csv", "Worker,b\r\n1,2\r\n")], options).CheckHeaders()).ErrorId);
    }

    [Theory]
    [InlineData("b,OnLeave,HireDate,Level\r\nx,True,2013-01-25,5\r\ny,False,,6\r\n", "OnLeave (Boolean), HireDate (DateTime) look typed")]
    [InlineData("b,OnLeave,HireDate\r\nx,True,2013-01-25\r\ny,maybe,01/02/2013\r\n", null)]
    public void Columns_that_look_typed_are_one_warning(string csv, string? expected)
    {
        var options = new ConversionOptions { Mapping = Of(("title", "b")), ScimSchemaNamespace = CustomUrn };

        string? warning = new CsvConversion([_directory.Write("a.csv", csv)], options).CheckHeaders().SingleOrDefault();

        Assert.Equal(expected is null, warning is null);
        Assert.Contains(expected ?? string.Empty, warning ?? string.Empty, System.StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_that_the_mapping_puts_under_a_custom_URN_are_looked_at_unless_their_types_are_known()
    {
        AttributeMapping mapping = Of((CustomUrn, Complex(("Hired", "HireDate"))), (ScimSchemas.EnterpriseUserUrn, Complex(("division", "HireDate"))));
        string path = _directory.Write("a.csv", "HireDate\r\n2013-01-25\r\n");

        Assert.Contains(
            "Hired (DateTime) look typed", Assert.Single(new CsvConversion([path], new ConversionOptions { Mapping = mapping }).CheckHeaders()), System.StringComparison.Ordinal);
        Assert.Empty(new CsvConversion([path], new ConversionOptions { Mapping = mapping.WithExtensions([new ScimSchema(CustomUrn, [])]) }).CheckHeaders());
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

    private static ExtensionNames Names(params (string Column, string Name)[] names) => new(names.ToDictionary(pair => pair.Column, pair => pair.Name));

    private RecordingObserver Run(AttributeMapping mapping, string csv) =>
        Conversions.Run(new ConversionOptions { Mapping = mapping, ScimSchemaNamespace = CustomUrn }, _directory.Write("a.csv", csv));
}
