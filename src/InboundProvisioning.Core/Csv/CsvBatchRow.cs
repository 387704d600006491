using System;
using System.Text;
using InboundProvisioning.Mapping;

namespace InboundProvisioning.Csv;

/// <summary>The current record of a file that is read ahead.</summary>
internal sealed class CsvBatchRow : Row
{
    private readonly string _path;
    private CsvBatch _batch;
    private int _index;
    private int _fields;
    private bool _isPlain;

    public CsvBatchRow(RowColumns columns, string path, CsvBatch batch)
    {
        Columns = columns;
        _path = path;
        _batch = batch;
    }

    public override RowColumns Columns { get; }

    public override RowPlace Place => new(_path, _batch.Record(_index).Line);

    internal override bool IsPlain => _isPlain;

    /// <summary>Moves to a record of a batch.</summary>
    public void Set(CsvBatch batch, int index)
    {
        _batch = batch;
        _index = index;
        ref readonly CsvBatchRecord record = ref batch.Record(index);
        _fields = record.Fields;
        _isPlain = record.IsPlain;
    }

    public override bool TryGetText(int column, out ReadOnlySpan<byte> utf8)
    {
        if (column < _fields)
        {
            utf8 = _batch.Field(_index, column);
            if (Trims)
            {
                utf8 = SurroundingSpace.Trim(utf8);
            }

            return true;
        }

        utf8 = default;
        return false;
    }

    public override object? GetValue(int column) => TryGetText(column, out ReadOnlySpan<byte> utf8) ? Text(utf8) : null;

    public override SourceRecord Source() => _batch.Source(_index);

#if NET8_0_OR_GREATER
    private static string Text(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);
#else
    private static string Text(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8.ToArray());
#endif
}
