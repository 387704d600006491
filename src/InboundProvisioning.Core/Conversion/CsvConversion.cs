using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using InboundProvisioning.Conversion.Persons;
using InboundProvisioning.Csv;
using InboundProvisioning.Mapping;
using InboundProvisioning.Scim;

namespace InboundProvisioning.Conversion;

/// <summary>Converts CSV files to bulk requests, as one run: streamed, in order, with memory that does not grow with the files.</summary>
public sealed class CsvConversion
{
    private readonly IReadOnlyList<string> _paths;
    private readonly ConversionOptions _options;

    /// <param name="paths">The files, in order.</param>
    /// <param name="options">How to convert.</param>
    public CsvConversion(IReadOnlyList<string> paths, ConversionOptions options)
    {
        _paths = paths;
        _options = options;
    }

    /// <summary>Looks at the headers of all files before anything is converted.</summary>
    /// <returns>Warnings, one sentence each.</returns>
    /// <exception cref="InboundProvisioningException">
    /// A file has no usable header, or lacks a column that the mapping names; or the mapping cannot be carried out.
    /// </exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public IReadOnlyList<string> CheckHeaders()
    {
        var warnings = new List<string>();
        using var converter = new RecordConverter(_options);
        var columns = new List<string>();
        foreach (string path in _paths)
        {
            using CsvFile file = OpenForHeader(path);
            converter.SetColumns(file.Columns);
            if (file.UnnamedColumns > 0)
            {
                warnings.Add($"{path}: {file.UnnamedColumns} columns have no name in the header; they are called H1 and so on.");
            }

            if (MissingWarning(file, path) is string missing)
            {
                warnings.Add(missing);
            }

            _options.RequireNames(file.Columns, path);
            columns.AddRange(file.Columns.Names);
            if (UntypedWarning(file, path) is string untyped)
            {
                warnings.Add(untyped);
            }
        }

        if (_options.ScimNames.Unused(columns) is { Count: > 0 } unused)
        {
            throw new InboundProvisioningException(
                "ColumnNotFound",
                FaultKind.NotFound,
                $"-ScimName has {string.Join(", ", unused.Select(static name => $"'{name}'"))}, which is no column of {string.Join(", ", _paths)}.",
                unused[0]);
        }

        return warnings;
    }

    private string? MissingWarning(CsvFile file, string path)
    {
        IReadOnlyList<string> missing = _options.MissingColumns(file.Columns);
        if (missing.Count == 0)
        {
            return null;
        }

        if (missing.Count == _options.Columns.Count && FileContent.Guess(path, _options.Csv) is { } content)
        {
            throw content.Fault(path);
        }

        CsvHeaderPlace? elsewhere = CsvHeaderPlace.Find(path, _options.Csv, _options.Columns, missing.Count);
        if (!_options.AllowMissingColumn)
        {
            throw MissingColumnsFault.Create(path, file.Columns, _options.Mapping, missing, elsewhere);
        }

        string advice = elsewhere is null ? string.Empty : MissingColumnsFault.Advice(elsewhere);
        return $"{path} has no column {MissingColumnsFault.List(missing)}; what the mapping takes from there is null for every row.{advice}";
    }

    private string? UntypedWarning(CsvFile file, string path)
    {
        var untyped = new UntypedColumns(_options.Mapping, _options.ScimSchemaNamespace, file.Columns);
        for (int i = 0; i < UntypedColumns.Rows && !untyped.IsEmpty && file.Read(); i++)
        {
            if (file.Fault is null)
            {
                untyped.Look(file.Row);
            }
        }

        return untyped.Warning(path);
    }

    /// <summary>Converts all files, which are read twice where a row of a person is chosen among several.</summary>
    /// <param name="observer">Learns what comes out.</param>
    /// <param name="rejects">Where rejected rows are kept, or null.</param>
    /// <param name="cancellationToken">Stops the run; rows that are not yet in a request are dropped.</param>
    /// <exception cref="InboundProvisioningException">A file's header cannot be used.</exception>
    /// <param name="records">Takes the records one by one, in place of requests; or null.</param>
    public ConversionSummary Run(
        IConversionObserver observer, RejectFile? rejects, CancellationToken cancellationToken, IRecordSink? records = null)
    {
        using var run = new ConversionRun(_options, observer, rejects, records);
        if (rejects is not null)
        {
            CheckRejectColumns(rejects);
        }

        int passes = _options.ChoosesRows ? 2 : 1;
        var progress = new FileProgress(observer, passes * _paths.Sum(static path => new FileInfo(path).Length));
        if (_options.ChoosesRows)
        {
            run.Choose(Search(progress, cancellationToken));
        }

        long linesBefore = 0;
        foreach (string path in _paths)
        {
            using CsvFile file = Open(path);
            run.SetColumns(file.Columns);
            run.BeginSource(path, linesBefore);
            linesBefore += run.ConvertsAhead
                ? Convert(file, path, () => new ConvertedBatch(file.Columns, path, _options, run.Rows), run, progress, cancellationToken)
                : Convert(file, path, () => new CsvBatch(file.Columns.Names.Count), run, progress, cancellationToken);
            progress.EndFile(path);
        }

        ConversionSummary summary = run.End();
        progress.End(summary.Rows);
        return summary;
    }

    // Answers how many lines the file has, as far as it could be read.
    private static long Convert<TBatch>(
        CsvFile file, string path, Func<TBatch> create, ConversionRun run, FileProgress progress, CancellationToken cancellationToken)
        where TBatch : CsvBatch
    {
        using var rows = new CsvReadAhead<TBatch>(file, path, create, cancellationToken);
        Func<SourceRecord> source = rows.Source;
        try
        {
            while (rows.Read())
            {
                if (rows.Fault is { } fault)
                {
                    run.Reject(rows.Place, fault, source);
                }
                else if (rows.Batch is ConvertedBatch converted)
                {
                    run.AddConverted(rows.Row, converted.Converted(rows.Index), converted.Json);
                }
                else
                {
                    run.Add(rows.Row);
                }

                cancellationToken.ThrowIfCancellationRequested();
                if (progress.IsDue(run.Rows))
                {
                    progress.Tell(run.Rows, rows.Position);
                }
            }
        }
        catch (InboundProvisioningException fault)
        {
            run.EndSource(fault);
        }

        return rows.Place.Line;
    }

    // Chooses a row of each person. What is wrong with rows is told in the second pass.
    private ChosenRowRule Search(FileProgress progress, CancellationToken cancellationToken)
    {
        var search = new PersonSearch(_options.RepeatedRecord);
        Preference? preference = _options.Prefer is { } prefer ? new Preference(prefer, _options.Unwrap) : null;
        var positions = new RowPositions();
        using var converter = new RecordConverter(_options);
        long rows = 0;
        long linesBefore = 0;
        foreach (string path in _paths)
        {
            using CsvFile file = Open(path);
            converter.SetColumns(file.Columns);
            positions.Begin(path, linesBefore);
            using var ahead = new CsvReadAhead<CsvBatch>(file, path, () => new CsvBatch(file.Columns.Names.Count), cancellationToken);
            try
            {
                while (ahead.Read())
                {
                    rows++;
                    if (ahead.Fault is not null)
                    {
                        continue;
                    }

                    ahead.Row.Number = rows;
                    converter.Clear();
                    ConvertedRecord record = converter.ConvertId(ahead.Row);
                    if (record is { HasExternalId: true, IsPassedOver: false })
                    {
                        RowPreference isPreferred = preference?.Of(ahead.Row, out _) ?? RowPreference.None;
                        search.Note(record.Id, positions.Of(ahead.Place), isPreferred);
                    }

                    cancellationToken.ThrowIfCancellationRequested();
                    if (progress.IsDue(rows))
                    {
                        progress.Tell(rows, ahead.Position);
                    }
                }
            }
            catch (InboundProvisioningException)
            {
                // The rest of the file cannot be read, in either pass.
            }

            linesBefore += ahead.Place.Line;
            progress.EndFile(path);
        }

        progress.BeginPass();
        return search.End();
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
        IReadOnlyList<string> columns = _options.Columns;
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
}
