using System;
using InboundProvisioning.Csv;
using InboundProvisioning.Mapping;

namespace InboundProvisioning.Conversion;

/// <summary>Records of a file that are converted together, on the thread that has time: none of them needs a script to run.</summary>
internal sealed class ConvertedBatch : CsvBatch
{
    private readonly long _rowsBefore;
    private readonly RecordConverter _converter;
    private readonly CsvBatchRow _row;
    private readonly ConvertedRecord[] _converted;

    /// <param name="columns">The columns of the file.</param>
    /// <param name="path">The file.</param>
    /// <param name="options">How to convert.</param>
    /// <param name="rowsBefore">The rows of the files before.</param>
    public ConvertedBatch(RowColumns columns, string path, ConversionOptions options, long rowsBefore)
        : base(columns.Names.Count)
    {
        _rowsBefore = rowsBefore;
        _converter = new RecordConverter(options);
        _converter.SetColumns(columns);
        _row = new CsvBatchRow(columns, path, this);
        _converted = new ConvertedRecord[Capacity];
    }

    public override bool HasWork => true;

    /// <summary>The JSON of its records.</summary>
    public ReadOnlySpan<byte> Json => _converter.Json;

    /// <summary>What a record without a fault became.</summary>
    public ref readonly ConvertedRecord Converted(int index) => ref _converted[index];

    public override void Work()
    {
        for (int i = 0; i < Count; i++)
        {
            if (Record(i).Fault is null)
            {
                _row.Set(this, i);
                _row.Number = _rowsBefore + RecordsBefore + i + 1;
                _converted[i] = _converter.Convert(_row);
            }
        }
    }

    public override void Clear()
    {
        Array.Clear(_converted, 0, Count);
        _converter.Clear();
        base.Clear();
    }

    public override void Dispose()
    {
        _converter.Dispose();
        base.Dispose();
    }
}
