using System;
using CsvHelper;
using InboundProvisioning.Mapping;

namespace InboundProvisioning.Csv;

/// <summary>The current record of a CSV file.</summary>
internal sealed class CsvRow : Row
{
    private readonly CsvReader _reader;
    private readonly string _path;
    private readonly long _linesBefore;

    public CsvRow(CsvReader reader, RowColumns columns, string path, long linesBefore)
    {
        _reader = reader;
        _path = path;
        _linesBefore = linesBefore;
        Columns = columns;
    }

    public override RowColumns Columns { get; }

    public override RowPlace Place => new(_path, _reader.LineNumber + _linesBefore);

    public override bool TryGetText(int column, out ReadOnlySpan<byte> utf8)
    {
        if (column < _reader.FieldCount)
        {
            utf8 = _reader.GetSpan(column);
            return true;
        }

        utf8 = default;
        return false;
    }

    public override object? GetValue(int column) => column < _reader.FieldCount ? _reader.GetString(column) : null;
}
