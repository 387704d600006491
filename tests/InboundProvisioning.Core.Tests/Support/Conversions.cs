using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using InboundProvisioning.Conversion;
using InboundProvisioning.Csv;
using InboundProvisioning.Mapping;

namespace InboundProvisioning.Core.Tests.Support;

/// <summary>Runs conversions of small files.</summary>
internal static class Conversions
{
    public static RecordingObserver Run(ConversionOptions options, params string[] paths) => Run(options, rejects: null, paths);

    public static RecordingObserver Run(ConversionOptions options, RejectFile? rejects, params string[] paths)
    {
        var observer = new RecordingObserver();
        new CsvConversion(paths, options).Run(observer, rejects, CancellationToken.None);
        return observer;
    }

    /// <summary>Converts the text of a CSV file.</summary>
    public static RecordingObserver RunText(string csv, AttributeMapping mapping, EmptyValueHandling emptyValue = EmptyValueHandling.EmptyString)
    {
        using var directory = new TemporaryDirectory();
        return Run(new ConversionOptions { Mapping = mapping, EmptyValue = emptyValue }, directory.Write("workers.csv", csv));
    }

    /// <summary>The data of each operation, as it stands in the JSON.</summary>
    public static IReadOnlyList<string> Data(this RecordingObserver observer) =>
        [.. observer.Operations().Select(operation => operation.GetProperty("data").GetRawText())];

    public static IEnumerable<JsonElement> Operations(this RecordingObserver observer) =>
        observer.Requests.SelectMany(request => JsonDocument.Parse(request).RootElement.GetProperty("Operations").EnumerateArray());

    /// <summary>Reads a file to its end.</summary>
    /// <returns>The values of each record, or the id of its fault.</returns>
    public static IReadOnlyList<string> Read(string path, CsvFileOptions? options = null)
    {
        using CsvFile file = CsvFile.Open(path, options ?? new CsvFileOptions());
        var records = new List<string>();
        while (file.Read())
        {
            records.Add(file.Fault is { } fault
                ? fault.ErrorId
                : string.Join("|", Enumerable.Range(0, file.Columns.Names.Count).Select(i => file.Row.GetValue(i) ?? "<none>")));
        }

        return records;
    }
}
