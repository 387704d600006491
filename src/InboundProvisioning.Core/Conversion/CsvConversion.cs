using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using InboundProvisioning.Csv;
using InboundProvisioning.Mapping;
using InboundProvisioning.Scim;

namespace InboundProvisioning.Conversion;

/// <summary>Converts CSV files to bulk requests, as one run: streamed, in order, with memory that does not grow with the files.</summary>
public sealed class CsvConversion
{
    private const long RowsPerProgress = 8192;

    private readonly IReadOnlyList<string> _paths;
    private readonly ConversionOptions _options;

    /// <param name="paths">The files, in order.</param>
    /// <param name="options">How to convert.</param>
    public CsvConversion(IReadOnlyList<string> paths, ConversionOptions options)
    {
        _paths = paths;
        _options = options;
    }

    /// <summary>Rows of the run, rejected ones among them.</summary>
    public long Rows { get; private set; }

    /// <summary>Rows that were rejected.</summary>
    public long RejectedRows { get; private set; }

    /// <summary>Those of <see cref="ConversionOptions.ExternalIds"/> that are in no file; known after the run.</summary>
    public IReadOnlyList<string> MissingExternalIds { get; private set; } = [];

    /// <summary>Looks at the headers of all files before anything is converted.</summary>
    /// <returns>Warnings, one sentence each.</returns>
    /// <exception cref="InboundProvisioningException">
    /// A file has no usable header, or lacks a column that the mapping names; or the mapping cannot be carried out.
    /// </exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public IReadOnlyList<string> CheckHeaders()
    {
        var warnings = new List<string>();
        using var converter = new BulkRequestConverter(_options);
        foreach (string path in _paths)
        {
            using CsvFile file = OpenForHeader(path);
            converter.SetColumns(file.Columns);
            if (file.UnnamedColumns > 0)
            {
                warnings.Add($"{path}: {file.UnnamedColumns} columns have no name in the header; they are called H1 and so on.");
            }

            IReadOnlyList<string> missing = BulkRequestConverter.MissingColumns(_options.Mapping, file.Columns);
            if (missing.Count == 0)
            {
                continue;
            }

            if (missing.Count == _options.Mapping.Columns.Count && FileContent.Guess(path, _options.Csv) is { } content)
            {
                throw content.Fault(path);
            }

            CsvHeaderPlace? elsewhere = CsvHeaderPlace.Find(path, _options.Csv, _options.Mapping.Columns, missing.Count);
            if (!_options.AllowMissingColumn)
            {
                throw MissingColumnsFault.Create(path, file.Columns, _options.Mapping, missing, elsewhere);
            }

            string advice = elsewhere is null ? string.Empty : MissingColumnsFault.Advice(elsewhere);
            warnings.Add($"{path} has no column {MissingColumnsFault.List(missing)}; what the mapping takes from there is null for every row.{advice}");
        }

        return warnings;
    }

    /// <summary>Converts all files.</summary>
    /// <param name="observer">Learns what comes out.</param>
    /// <param name="rejects">Where rejected rows are kept, or null.</param>
    /// <param name="cancellationToken">Stops the run; rows that are not yet in a request are dropped.</param>
    /// <exception cref="InboundProvisioningException">A file's header cannot be used.</exception>
    public void Run(IConversionObserver observer, RejectFile? rejects, CancellationToken cancellationToken)
    {
        using var converter = new BulkRequestConverter(_options);
        if (rejects is not null)
        {
            CheckRejectColumns(rejects);
        }

        long bytesTotal = _paths.Sum(path => new FileInfo(path).Length);
        long bytesBefore = 0;
        foreach (string path in _paths)
        {
            using CsvFile file = Open(path);
            converter.SetColumns(file.Columns);
            try
            {
                Convert(file, converter, observer, rejects, bytesBefore, bytesTotal, cancellationToken);
            }
            catch (InboundProvisioningException fault)
            {
                observer.OnFileFault(fault);
            }

            bytesBefore += new FileInfo(path).Length;
        }

        if (converter.End() is { } last)
        {
            observer.OnRequest(last);
        }

        Rows = converter.Rows;
        RejectedRows = converter.RejectedRows;
        MissingExternalIds = converter.MissingExternalIds;
        observer.OnProgress(new ConversionProgress(Rows, bytesTotal, bytesTotal));
    }

    // All files before the first is converted: a file of rejects has one set of columns.
    private void CheckRejectColumns(RejectFile rejects)
    {
        foreach (string path in _paths)
        {
            using CsvFile file = CsvFile.Open(path, _options.Csv with { SkipLast = 0 });
            rejects.SetColumns(file.Columns.Names, file.Delimiter, path);
        }
    }

    // A file of rejected rows has no totals at its end, whatever its source had.
    private CsvFile Open(string path)
    {
        CsvFile file = CsvFile.Open(path, _options.Csv);
        if (RejectFile.IsReasonColumn(file.Columns.Names[file.Columns.Names.Count - 1]))
        {
            file.KeepLast();
        }

        return file;
    }

    // The title of a report can be a header that cannot be used, where the true one stands below.
    private CsvFile OpenForHeader(string path)
    {
        IReadOnlyList<string> columns = _options.Mapping.Columns;
        try
        {
            return CsvFile.Open(path, _options.Csv with { SkipLast = 0 });
        }
        catch (InboundProvisioningException fault) when (
            fault.ErrorId is "RepeatedColumn" or "MalformedHeader" or "EmptyFile"
            && CsvHeaderPlace.Find(path, _options.Csv, columns, columns.Count) is not null)
        {
            CsvHeaderPlace place = CsvHeaderPlace.Find(path, _options.Csv, columns, columns.Count)!;
            throw new InboundProvisioningException(fault.ErrorId, fault.Kind, fault.Message + MissingColumnsFault.Advice(place), path, fault);
        }
    }

    private static void Convert(
        CsvFile file,
        BulkRequestConverter converter,
        IConversionObserver observer,
        RejectFile? rejects,
        long bytesBefore,
        long bytesTotal,
        CancellationToken cancellationToken)
    {
        bool hasReason = RejectFile.IsReasonColumn(file.Columns.Names[file.Columns.Names.Count - 1]);
        long nextProgress = converter.Rows + RowsPerProgress;
        while (file.Read())
        {
            RowFault? fault = file.Fault;
            BulkRequest? request = null;
            if (fault is null)
            {
                request = converter.Convert(file.Row, out fault);
            }
            else
            {
                converter.Reject();
            }

            if (request is not null)
            {
                observer.OnRequest(request);
                cancellationToken.ThrowIfCancellationRequested();
            }

            if (fault is not null)
            {
                var rejected = new RejectedRow(file.Place, fault);
                rejects?.Add(file.RawRecord, hasReason, rejected.ToString());
                observer.OnRejected(rejected);
                cancellationToken.ThrowIfCancellationRequested();
            }

            if (converter.Rows >= nextProgress)
            {
                observer.OnProgress(new ConversionProgress(converter.Rows, bytesBefore + file.Position, bytesTotal));
                nextProgress += RowsPerProgress;
            }
        }
    }
}
