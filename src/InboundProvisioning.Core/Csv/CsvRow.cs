using System;
using CsvHelper;
using InboundProvisioning.Mapping;
using InboundProvisioning.Scim;

namespace InboundProvisioning.Csv;

/// <summary>The current record of a CSV file.</summary>
internal sealed class CsvRow : Row
{
    private readonly CsvReader _reader;
    private readonly string _path;
    private readonly long _linesBefore;
    private readonly Func<SourceRecord> _source;
    private bool _isPlain;

    public CsvRow(CsvReader reader, RowColumns columns, string path, long linesBefore, Func<SourceRecord> source)
    {
        _reader = reader;
        _path = path;
        _linesBefore = linesBefore;
        _source = source;
        Columns = columns;
    }

    public override RowColumns Columns { get; }

    public override RowPlace Place => new(_path, _reader.LineNumber + _linesBefore);

    internal override bool IsPlain => _isPlain;

    public override bool TryGetText(int column, out ReadOnlySpan<byte> utf8)
    {
        if (column < _reader.FieldCount)
        {
            utf8 = _reader.GetSpan(column);
            if (Trims)
            {
                utf8 = SurroundingSpace.Trim(utf8);
            }

            return true;
        }

        utf8 = default;
        return false;
    }

    public override object? GetValue(int column)
    {
        string? text = column < _reader.FieldCount ? _reader.GetString(column) : null;
        return Trims && text is not null ? SurroundingSpace.Trim(text) : text;
    }

    public override SourceRecord Source() => _source();

    /// <summary>Looks at the record as a whole, once, so that its fields need no look each.</summary>
    /// <returns>Whether the record is plain.</returns>
    internal bool CheckPlain() => _isPlain = JsonBuffer.IsPlain(_reader.RawRecord);
}
