using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using InboundProvisioning.Conversion;
using InboundProvisioning.Csv;
using InboundProvisioning.Mapping;

namespace InboundProvisioning.FrameworkHost;

/// <summary>From files to bulk requests.</summary>
internal sealed class ConversionChecks(string root)
{
    private const string Custom = "urn:ietf:params:scim:schemas:extension:contoso:1.0:User";

    private static readonly AttributeMapping Small = Of(
        new MappedAttribute("externalId", new ColumnValue("id")),
        new MappedAttribute("displayName", new ColumnValue("name")),
        new MappedAttribute("active", new ColumnValue("active")));

    public void The_assemblies_come_from_the_staged_folder()
    {
        string core = Path.GetDirectoryName(typeof(CsvConversion).Assembly.Location);
        Expect.Equal("net472", Path.GetFileName(core));
        string[] elsewhere =
        [
            .. AppDomain.CurrentDomain.GetAssemblies()
                .Where(assembly => !assembly.IsDynamic && assembly != typeof(Program).Assembly
                    && File.Exists(Path.Combine(core, assembly.GetName().Name + ".dll")) && !assembly.GlobalAssemblyCache)
                .Where(assembly => Path.GetDirectoryName(assembly.Location) != core)
                .Select(assembly => assembly.Location),
        ];
        Expect.Equal(string.Empty, string.Join(", ", elsewhere));
    }

    public void A_file_becomes_a_bulk_request()
    {
        Recorded recorded = Convert("id,name,active\n1,Ann,true\n2,Bo,false\n", Small);
        Expect.Equal((1, 2), (recorded.Requests.Count, recorded.Operations));
        Expect.Contains("\"externalId\":\"2\",\"displayName\":\"Bo\",\"active\":false", recorded.Requests[0]);
    }

    public void The_sample_workers_become_requests_of_fifty()
    {
        AttributeMapping mapping = Of(
            new MappedAttribute("externalId", new ColumnValue("WorkerID")),
            new MappedAttribute("userName", new ColumnValue("UserID")),
            new MappedAttribute("active", new ColumnValue("OnLeave")),
            new MappedAttribute("name", new ComplexValue([new MappedAttribute("familyName", new ColumnValue("LastName"))], isOrdered: true)));
        Recorded recorded = Run(new ConversionOptions { Mapping = mapping }, Path.Combine(root, "docs", "samples", "workers.csv"));
        Expect.Equal((20, 1000, 0), (recorded.Requests.Count, recorded.Operations, recorded.Rejected.Count));
    }

    public void A_binary_fraction_is_written_in_its_shortest_form()
    {
        var mapping = Of(
            new MappedAttribute("externalId", new ColumnValue("id")),
            new MappedAttribute(Custom, new ComplexValue([new MappedAttribute("Share", new ExpressionValue(new Fraction()))], isOrdered: true)));
        Expect.Contains("\"Share\":0.3333333333333333}", Convert("id\n1\n", mapping).Requests.Single());
    }

    public void Text_beyond_ASCII_is_kept()
    {
        Expect.Contains("\"displayName\":\"Zoë \\uD83D\\uDE00 \\\"x\\\"\"", Convert("id,name,active\n1,\"Zoë 😀 \"\"x\"\"\",true\n", Small).Requests.Single());
    }

    public void A_code_page_of_Windows_is_read() => InFile(
        "id,name,active\n1,Zoë,true\n",
        Encoding.GetEncoding(1252),
        path => Expect.Contains(
            "\"displayName\":\"Zoë\"",
            Run(new ConversionOptions { Mapping = Small, Csv = new CsvFileOptions { Encoding = Encoding.GetEncoding(1252) } }, path).Requests.Single()));

    public void Line_breaks_within_quotes_are_part_of_the_value() =>
        Expect.Contains("\"displayName\":\"a\\nb\"", Convert("id,name,active\n1,\"a\nb\",true\n", Small).Requests.Single());

    public void A_bad_row_is_rejected_with_its_line()
    {
        Recorded recorded = Convert("id,name,active\n1,Ann,true\n2,Bo,perhaps\n3,Cy,true\n", Small);
        Expect.Equal((2, 1), (recorded.Operations, recorded.Rejected.Count));
        Expect.Equal((3L, "InvalidBoolean"), (recorded.Rejected[0].Place.Line, recorded.Rejected[0].Fault.ErrorId));
    }

    public void Rejected_rows_are_kept_in_a_file() => InFile("id,name,active\n1,Ann,perhaps\n", Encoding.UTF8, path =>
    {
        string rejects = path + ".rejected";
        using (RejectFile file = RejectFile.Open(rejects, delimiter: null, append: false))
        {
            new CsvConversion([path], new ConversionOptions { Mapping = Small }).Run(new Recorded(), file, CancellationToken.None);
        }

        Expect.Contains("1,Ann,perhaps,", File.ReadAllText(rejects));
    });

    public void Requests_are_written_as_files() => InFile("id,name,active\n1,Ann,true\n", Encoding.UTF8, path =>
    {
        var recorded = new Recorded { Directory = BulkRequestDirectory.Prepare(path + ".d", replace: false) };
        new CsvConversion([path], new ConversionOptions { Mapping = Small }).Run(recorded, rejects: null, CancellationToken.None);
        Expect.Contains("\"externalId\":\"1\"", File.ReadAllText(recorded.Requests.Single()));
    });

    public void A_missing_column_is_an_error() => InFile("id,name\n1,Ann\n", Encoding.UTF8, path =>
    {
        try
        {
            new CsvConversion([path], new ConversionOptions { Mapping = Small }).CheckHeaders();
        }
        catch (InboundProvisioningException fault)
        {
            Expect.Contains("'active'", fault.Message);
            return;
        }

        throw new InvalidOperationException("There was no fault.");
    });

    public void A_sound_mapping_has_no_error() =>
        Expect.Equal(0, AttributeMappingValidator.Validate(Small).Count(finding => finding.IsError));

    public void A_mapping_of_an_unknown_attribute_is_an_error() => Expect.Equal(
        "UnknownAttribute",
        AttributeMappingValidator.Validate(Of(new MappedAttribute("nosuch", new ColumnValue("name")))).First(finding => finding.IsError).ErrorId);

    private static AttributeMapping Of(params MappedAttribute[] attributes) => new(new ComplexValue(attributes, isOrdered: true));

    private static Recorded Convert(string csv, AttributeMapping mapping)
    {
        Recorded? recorded = null;
        InFile(csv, new UTF8Encoding(false), path => recorded = Run(new ConversionOptions { Mapping = mapping }, path));
        return recorded!;
    }

    private static Recorded Run(ConversionOptions options, string path)
    {
        var recorded = new Recorded();
        new CsvConversion([path], options).Run(recorded, rejects: null, CancellationToken.None);
        return recorded;
    }

    private static void InFile(string text, Encoding encoding, Action<string> use)
    {
        string folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        Directory.CreateDirectory(folder);
        try
        {
            string path = Path.Combine(folder, "workers.csv");
            File.WriteAllText(path, text, encoding);
            use(path);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
