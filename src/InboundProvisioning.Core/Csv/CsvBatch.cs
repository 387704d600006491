using System;
using System.Runtime.ExceptionServices;
using CsvHelper;
using InboundProvisioning.Mapping;

namespace InboundProvisioning.Csv;

/// <summary>Some records of a file, copied, so that they can be looked at while the file is read on.</summary>
internal class CsvBatch : IDisposable
{
    private const int MostRecords = 256;
    private const int MostFields = 16 * 1024;
    private const int EnoughBytes = 128 * 1024;
    private const int MostBytesKept = 1024 * 1024;

    private readonly int _columns;
    private readonly CsvBatchRecord[] _records;

    // The start and the length of each field in _bytes, by record and column.
    private readonly (int Start, int Length)[] _fields;
    private byte[] _bytes = new byte[EnoughBytes];
    private int _length;

    /// <param name="columns">How many columns the records have.</param>
    public CsvBatch(int columns)
    {
        _columns = columns;
        _records = new CsvBatchRecord[Math.Max(1, Math.Min(MostRecords, MostFields / columns))];
        _fields = new (int, int)[_records.Length * columns];
    }

    public int Count { get; private set; }

    /// <summary>How many records it can hold.</summary>
    public int Capacity => _records.Length;

    /// <summary>How many records of the file are before it.</summary>
    public long RecordsBefore { get; set; }

    /// <summary>Whether something is to be done with the records, all together, before they are looked at.</summary>
    public virtual bool HasWork => false;

    /// <summary>How far that is.</summary>
    public CsvBatchStage Stage { get; set; }

    /// <summary>What ended it, or null.</summary>
    public ExceptionDispatchInfo? Failure { get; set; }

    public bool IsFull => Count == _records.Length || _length >= EnoughBytes;

    /// <summary>Why no more records come after these, or null.</summary>
    public Exception? End { get; set; }

    /// <summary>Bytes of the file read so far.</summary>
    public long Position { get; set; }

    /// <summary>Does what is to be done with the records: on any thread, also while other batches are worked on.</summary>
    public virtual void Work()
    {
    }

    public virtual void Clear()
    {
        Array.Clear(_records, 0, Count);
        Count = 0;
        _length = 0;
        End = null;
        if (_bytes.Length > MostBytesKept)
        {
            _bytes = new byte[EnoughBytes];
        }
    }

    /// <summary>Adds a record with a fault.</summary>
    public void Add(long line, RowFault fault, SourceRecord source) =>
        _records[Count++] = new CsvBatchRecord { Line = line, Fault = fault, Source = source };

    /// <summary>Adds a good record.</summary>
    /// <param name="reader">Has read it.</param>
    /// <param name="line">Where it starts.</param>
    /// <param name="rawLength">The length of what is kept of it when it is rejected.</param>
    /// <param name="isPlain">Whether it is plain (<see cref="Row.IsPlain"/>).</param>
    public void Add(CsvReader reader, long line, int rawLength, bool isPlain)
    {
        ReadOnlySpan<byte> raw = reader.RawRecord;
        int fields = Math.Min(reader.FieldCount, _columns);
        int start = Append(raw);
        int firstField = Count * _columns;
        for (int i = 0; i < fields; i++)
        {
            // A field without quotes lies in the record itself.
            ReadOnlySpan<byte> field = reader.GetSpan(i);
            _fields[firstField + i] = raw.Overlaps(field, out int at) ? (start + at, field.Length) : (Append(field), field.Length);
        }

        _records[Count++] = new CsvBatchRecord { Line = line, Start = start, RawLength = rawLength, Fields = fields, IsPlain = isPlain };
    }

    public ref readonly CsvBatchRecord Record(int index) => ref _records[index];

    /// <summary>A field of a record that has it.</summary>
    public ReadOnlySpan<byte> Field(int record, int column)
    {
        (int start, int length) = _fields[(record * _columns) + column];
        return _bytes.AsSpan(start, length);
    }

    /// <summary>A copy of a record as it stands in the file.</summary>
    public SourceRecord Source(int record) =>
        _records[record].Source ?? new SourceRecord(_bytes.AsSpan(_records[record].Start, _records[record].RawLength).ToArray());

    public virtual void Dispose()
    {
    }

    private int Append(ReadOnlySpan<byte> bytes)
    {
        int start = _length;
        if (_bytes.Length - start < bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, start + bytes.Length));
        }

        bytes.CopyTo(_bytes.AsSpan(start));
        _length += bytes.Length;
        return start;
    }
}
