using System;
using System.Collections.Generic;
using System.Management.Automation;
using InboundProvisioning.Conversion;
using InboundProvisioning.PowerShell.Mapping;

namespace InboundProvisioning.PowerShell.Conversion;

/// <summary>Converts the objects of a pipeline, one by one: the properties of the first one are the columns.</summary>
internal sealed class ObjectConversion : IDisposable
{
    private readonly ConversionOptions _options;
    private readonly RowConversion _rows;
    private readonly ConversionOutput _output;
    private readonly ObjectRow _row;
    private readonly IReadOnlyList<string> _mappedColumns;

    /// <param name="first">The first object, of which <see cref="Check"/> has found nothing wrong.</param>
    /// <param name="options">How to convert.</param>
    /// <param name="output">Where it goes.</param>
    /// <param name="rejects">Where rejected objects are kept, or null.</param>
    /// <param name="records">Takes the records one by one, in place of requests; or null.</param>
    public ObjectConversion(PSObject first, ConversionOptions options, ConversionOutput output, RejectFile? rejects, IRecordSink? records = null)
    {
        _options = options;
        _output = output;
        _mappedColumns = MappedColumns(options);
        _row = new ObjectRow(first, _mappedColumns, options.AllowMissingColumn, keepsValues: !options.RunsScript);
        _rows = new RowConversion(options, output, rejects, records);
        _rows.SetColumns(_row.Columns);
    }

    /// <summary>Looks at the first object, before there is any output.</summary>
    /// <returns>Warnings, one sentence each.</returns>
    /// <exception cref="InboundProvisioningException">It lacks a column, or the mapping cannot be carried out.</exception>
    public static IReadOnlyList<string> Check(PSObject first, ConversionOptions options)
    {
        var warnings = new List<string>();
        var row = new ObjectRow(first, MappedColumns(options), options.AllowMissingColumn);
        options.RequireNames(row.Columns, "The first input object");
        RowConversion.Check(options, row.Columns);
        IReadOnlyList<string> missing = options.MissingColumns(row.Columns);
        if (missing.Count > 0)
        {
            warnings.Add(options.AllowMissingColumn
                ? $"The first input object has no column {MissingColumnsFault.List(missing)}; what the mapping takes from there is null where it is missing."
                : throw MissingColumnsFault.Create("The first input object", row.Columns, options.Mapping, missing, elsewhere: null));
        }

        if (RowConversion.Look(options, row) is string untyped)
        {
            warnings.Add(untyped);
        }

        return warnings;
    }

    /// <summary>Takes the next object.</summary>
    public void Add(PSObject inputObject)
    {
        _row.SetInput(inputObject, _rows.Rows + 1);
        if (_options.ScimSchemaNamespace is not null && _row.UpdateColumns(_mappedColumns))
        {
            _options.RequireNames(_row.Columns, $"Input object {_rows.Rows + 1}");
            _rows.SetColumns(_row.Columns);
        }

        _output.Current = inputObject;
        _rows.Add(_row);
    }

    /// <summary>Ends the run.</summary>
    public ConversionSummary End()
    {
        _output.Current = null;
        return _rows.End();
    }

    private static string[] MappedColumns(ConversionOptions options) => [.. options.Mapping.Columns, .. options.Prefer?.Columns ?? []];

    public void Dispose() => _rows.Dispose();
}
