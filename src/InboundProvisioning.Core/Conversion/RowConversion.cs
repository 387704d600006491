using System;
using InboundProvisioning.Mapping;
using InboundProvisioning.Scim;

namespace InboundProvisioning.Conversion;

/// <summary>
/// Converts rows that come one by one, such as objects of a pipeline, to bulk requests, as one run. Where a row of a person is chosen
/// among all (<see cref="ConversionOptions.ChoosesRows"/>), all are held back in memory until the end.
/// </summary>
public sealed class RowConversion : IDisposable
{
    private readonly ConversionOptions _options;
    private readonly ConversionRun _run;
    private readonly RejectFile? _rejects;
    private bool _hasColumns;

    /// <param name="options">How to convert.</param>
    /// <param name="observer">Learns what comes out, on the thread of the caller.</param>
    /// <param name="rejects">Where rejected rows are kept, or null.</param>
    /// <param name="records">Takes the records one by one, in place of requests; or null.</param>
    public RowConversion(ConversionOptions options, IConversionObserver observer, RejectFile? rejects, IRecordSink? records = null)
    {
        _options = options;
        _rejects = rejects;
        _run = new ConversionRun(options, observer, rejects, records);
        _run.BeginSource(path: null, linesBefore: 0);
    }

    /// <summary>Rows so far.</summary>
    public long Rows => _run.Rows;

    /// <summary>Finds out whether rows with these columns can be converted.</summary>
    /// <exception cref="InboundProvisioningException">The mapping cannot be carried out.</exception>
    public static void Check(ConversionOptions options, RowColumns columns)
    {
        using var converter = new RecordConverter(options);
        converter.SetColumns(columns);
    }

    /// <summary>What the first row tells of values that go out as texts and are none; or null.</summary>
    public static string? Look(ConversionOptions options, Row first)
    {
        var untyped = new UntypedColumns(options.Mapping, options.ScimSchemaNamespace, first.Columns);
        untyped.Look(first);
        return untyped.Warning("The first input object");
    }

    /// <summary>Makes ready for rows with these columns; again when they change.</summary>
    /// <exception cref="InboundProvisioningException">The mapping cannot be carried out.</exception>
    public void SetColumns(RowColumns columns)
    {
        _run.SetColumns(columns);
        if (!_hasColumns)
        {
            _hasColumns = true;
            _rejects?.SetColumns(columns.Names, _options.Csv.Delimiter ?? ',', "the input objects");
        }
    }

    /// <summary>Takes the next row.</summary>
    public void Add(Row row)
    {
        if (_options.ChoosesRows)
        {
            _run.Hold(row);
        }
        else
        {
            _run.Add(row);
        }
    }

    /// <summary>Ends the run.</summary>
    public ConversionSummary End()
    {
        if (_options.ChoosesRows)
        {
            _run.ReleaseHeld();
        }

        return _run.End();
    }

    /// <inheritdoc/>
    public void Dispose() => _run.Dispose();
}
