using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading;
using InboundProvisioning.Conversion;
using InboundProvisioning.Core.Tests.Support;
using InboundProvisioning.Csv;
using InboundProvisioning.Mapping;
using static InboundProvisioning.Core.Tests.Support.Mappings;

namespace InboundProvisioning.Core.Tests.Csv;

/// <summary>
/// Generated and mutated files, by seed: each ends in requests, rejected rows and faults of ours, soon, and no row is lost.
/// </summary>
public sealed class HostileCsvTests : IDisposable
{
    private const int Cases = 400;

    private static readonly AttributeMapping Mapping = Of(("externalId", "A"), ("active", Constant(true)), ("title", "B"), ("custom", "C"));

    private static readonly string[] Fields =
    [
        "", "x", " ", "\"", "\"\"", "\"a\"", "\"a,b\"", "\"a\"\"b\"", "\"a\nb\"", "\"a\r\nb\"", "a\"b", "\"a\"b", "\"a\" ", "\0", "\uFEFF", "\u2028", "é", "😀", "#TYPE x", "#", "=1+1", "\\",
        "'", "\t", ";", "|", "null", "true",
    ];

    private static readonly string[] Breaks = ["\r\n", "\n", "\r", "\r\n\r\n", "\n\r"];

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Generated_files_end_in_rows_or_in_clear_errors(int part)
    {
        for (int i = 0; i < Cases; i++)
        {
            int seed = (part * 100_000) + i;
            byte[] file = Generate(new Random(seed));
            try
            {
                Check(file, seed);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Seed {seed}: {exception.Message}\n{Convert.ToBase64String(file.AsSpan(0, Math.Min(file.Length, 4000)))}", exception);
            }
        }
    }

    [Fact]
    public void Ten_thousand_columns_are_columns()
    {
        string header = string.Join(',', Enumerable.Range(0, 10_000).Select(i => i switch { 0 => "A", 1 => "B", 2 => "C", _ => "Column" + i.ToString(CultureInfo.InvariantCulture) }));
        string row = string.Join(',', Enumerable.Repeat("v", 10_000));
        Outcome outcome = Check(Encoding.UTF8.GetBytes(header + "\n" + row + "\nv,w" + row[3..] + ",v\n"), seed: 0);

        Assert.Equal((1, 1), (outcome.Operations, outcome.Rejected));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_field_of_50_MB_ends_the_file_with_a_fault(bool quoted)
    {
        string path = _directory.File("a.csv");
        using (var writer = new StreamWriter(path))
        {
            writer.Write("A,B,C\n1,x,y\n2,");
            writer.Write(quoted ? "\"" : string.Empty);
            for (int i = 0; i < 50; i++)
            {
                writer.Write(new string('x', 1024 * 1024));
            }

            writer.Write(quoted ? "\",y\n3,x,y\n" : ",y\n3,x,y\n");
        }

        var observer = new RecordingObserver();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        new CsvConversion([path], new ConversionOptions { Mapping = Mapping }).Run(observer, null, patience.Token);

        Assert.Equal(1, observer.Operations);
        Assert.Equal("RecordTooLong", Assert.Single(observer.FileFaults).ErrorId);
    }

    [Fact]
    public void A_field_of_10_MB_is_a_record_too_large_for_a_request()
    {
        Outcome outcome = Check(Encoding.UTF8.GetBytes("A,B,C\n1,x,y\n2," + new string('x', 10 * 1024 * 1024) + ",y\n3,x,y\n"), seed: 0);

        Assert.Equal((2, 1), (outcome.Operations, outcome.Rejected));
    }

    private Outcome Check(byte[] content, int seed)
    {
        string path = _directory.Write("a.csv", content);
        var random = new Random(seed);
        var options = new ConversionOptions
        {
            Mapping = Mapping,
            OperationsPerRequest = random.Next(1, 51),
            EmptyValue = (EmptyValueHandling)random.Next(3),
            AllowMissingColumn = random.Next(4) > 0,
            ScimSchemaNamespace = random.Next(3) == 0 ? CustomUrn : null,
            Csv = new CsvFileOptions { AllowRaggedRow = random.Next(2) == 0, Encoding = random.Next(6) == 0 ? Encoding.Latin1 : null },
        };
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var observer = new RecordingObserver();
        var conversion = new CsvConversion([path], options);
        ConversionSummary summary;
        try
        {
            conversion.CheckHeaders();
            using RejectFile? rejects = random.Next(2) == 0 ? RejectFile.Open(_directory.File("rejects.csv"), ',', append: false) : null;
            summary = conversion.Run(observer, rejects, patience.Token);
        }
        catch (InboundProvisioningException fault)
        {
            Assert.NotEmpty(fault.ErrorId);
            Assert.Empty(observer.Requests);
            return new Outcome(0, 0);
        }

        Assert.False(patience.IsCancellationRequested);
        Assert.Equal(summary.Rows, observer.Operations + summary.RejectedRows + summary.IdenticalRows);
        Assert.Equal(summary.RejectedRows, observer.Rejected.Count + observer.FurtherRejected.Sum(count => count.FurtherRows));
        Assert.Equal(CountRows(path, options.Csv), summary.Rows);
        foreach (string request in observer.Requests)
        {
            using JsonDocument document = JsonDocument.Parse(request);
            Assert.InRange(document.RootElement.GetProperty("Operations").GetArrayLength(), 1, options.OperationsPerRequest);
        }

        return new Outcome(observer.Operations, observer.Rejected.Count);
    }

    private static long CountRows(string path, CsvFileOptions options)
    {
        long rows = 0;
        using CsvFile file = CsvFile.Open(path, options);
        try
        {
            while (file.Read())
            {
                rows++;
            }
        }
        catch (InboundProvisioningException)
        {
            // The rest cannot be read.
        }

        return rows;
    }

    private static byte[] Generate(Random random)
    {
        var text = new StringBuilder();
        if (random.Next(20) == 0)
        {
            text.Append("#TYPE Some.Type").Append(Breaks[random.Next(Breaks.Length)]);
        }

        var header = new List<string> { "A", "B", "C" };
        for (int i = random.Next(10) == 0 ? random.Next(4) : 0; i > 0; i--)
        {
            header.Insert(random.Next(header.Count + 1), random.Next(4) switch { 0 => "A", 1 => "", 2 => Fields[random.Next(Fields.Length)], _ => "D" + i.ToString(CultureInfo.InvariantCulture) });
        }

        string lineBreak = Breaks[random.Next(3)];
        text.AppendJoin(',', header).Append(lineBreak);
        for (int row = random.Next(30); row > 0; row--)
        {
            int count = random.Next(8) == 0 ? random.Next(header.Count + 3) : header.Count;
            text.AppendJoin(',', Enumerable.Range(0, count).Select(i => i == 0 && random.Next(3) > 0
                ? random.Next(1000).ToString(CultureInfo.InvariantCulture)
                : Fields[random.Next(random.Next(3) == 0 ? Fields.Length : 3)]));
            text.Append(random.Next(10) == 0 ? Breaks[random.Next(Breaks.Length)] : lineBreak);
        }

        Encoding encoding = random.Next(8) switch { 0 => Encoding.Unicode, 1 => Encoding.BigEndianUnicode, 2 => Encoding.UTF32, 3 => Encoding.Latin1, _ => new UTF8Encoding(true) };
        byte[] bytes = [.. random.Next(3) == 0 ? encoding.GetPreamble() : [], .. encoding.GetBytes(text.ToString())];
        return Mutate(bytes, random);
    }

    private static byte[] Mutate(byte[] bytes, Random random)
    {
        var mutated = new List<byte>(bytes);
        ReadOnlySpan<byte> nasty = [0, (byte)'"', (byte)',', (byte)'\r', (byte)'\n', 0xFF, 0xFE, 0xEF, 0xC3, 0xED, 0x80, 0x1A, (byte)'#'];
        for (int i = random.Next(3) == 0 ? random.Next(1, 12) : 0; i > 0 && mutated.Count > 0; i--)
        {
            int at = random.Next(mutated.Count);
            switch (random.Next(5))
            {
                case 0:
                    mutated[at] = nasty[random.Next(nasty.Length)];
                    break;
                case 1:
                    mutated.Insert(at, nasty[random.Next(nasty.Length)]);
                    break;
                case 2:
                    mutated.RemoveAt(at);
                    break;
                case 3:
                    mutated.RemoveRange(at, mutated.Count - at);
                    break;
                default:
                    mutated.InsertRange(at, mutated.GetRange(random.Next(at + 1), Math.Min(random.Next(40), mutated.Count - at)).ToArray());
                    break;
            }
        }

        return [.. mutated];
    }

    private readonly record struct Outcome(int Operations, int Rejected);
}
