using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using CsvHelper;
using InboundProvisioning.Mapping;

namespace InboundProvisioning.Csv;

/// <summary>
/// Reads a CSV file record by record, each with its line, good and bad ones in the order in which they stand. RFC 4180.
/// The one place that knows CsvHelper's reader.
/// </summary>
internal sealed class CsvFile : IDisposable
{
    /// <summary>The largest record, in bytes: an opening quote that is never closed must not swallow a file whole.</summary>
    public const int MaxRecordBytes = 16 * 1024 * 1024;

    private const int BufferBytes = 256 * 1024;

    private readonly string _path;
    private readonly CsvFileOptions _options;
    private readonly FileStream _stream;
    private readonly CsvReader _reader;
    private readonly Func<bool> _read;
    private readonly bool _checksUtf8;
    private readonly long _linesBefore;
    private int _namedColumns;
    private readonly string? _nulEncoding;
    private readonly Queue<CsvMalformedRecord> _malformed = new();
    private CsvMalformedRecord? _current;
    private CsvFile? _ahead;
    private int _surplus;
    private bool _recordWaits;
    private bool _ended;
    private InboundProvisioningException? _end;

    private CsvFile(string path, CsvFileOptions options, FileStream stream)
    {
        _path = path;
        _options = options;
        _stream = stream;
        CsvPrologue prologue = CsvPrologue.Read(path, options, stream);
        _checksUtf8 = prologue.Encoding is UTF8Encoding;
        _linesBefore = prologue.Lines;
        _nulEncoding = prologue.NulEncoding;
        FollowsBlankLine = prologue.IsBlankLine;
        Delimiter = options.Delimiter ?? prologue.Delimiter ?? ',';
        _reader = CsvReader.Create(
            stream,
            new CsvReaderOptions
            {
                Separator = Delimiter,
                DetectSeparatorHint = false,
                HasHeader = true,
                Mode = CsvMode.Rfc4180,
                TrackLineNumbers = true,
                MaxRecordSize = MaxRecordBytes,
                IncludeValuesInExceptions = false,
                AllowLineBreaksInQuotes = true,
                SkipEmptyLines = true,
                TrimWhitespace = false,
                CommentPrefix = null,
                MalformedData = CsvMalformedDataHandling.Skip,
                OnMalformedRecord = _malformed.Enqueue,
                MissingField = CsvMissingFieldHandling.Throw,
                BufferSize = BufferBytes,
                Encoding = _checksUtf8 ? null : TextEncodings.Strict(prologue.Encoding),
            },
            leaveOpen: true);
        _read = _reader.Read;
        Columns = ReadHeader();
        Row = new CsvRow(_reader, Columns, path, _linesBefore, () => Source);
    }

    /// <summary>Whether the line that should be the header is blank, so that it stands further below.</summary>
    public bool FollowsBlankLine { get; }

    /// <summary>What separates the fields.</summary>
    public char Delimiter { get; }

    /// <summary>The columns of the header.</summary>
    public RowColumns Columns { get; }

    /// <summary>How many columns had no name and got H1, H2 and so on, as Import-Csv names them.</summary>
    public int UnnamedColumns { get; private set; }

    /// <summary>The current record, when <see cref="Fault"/> is null.</summary>
    public CsvRow Row { get; }

    /// <summary>What is wrong with the current record, or null.</summary>
    public RowFault? Fault { get; private set; }

    /// <summary>Where the current record starts, also when it is malformed.</summary>
    public RowPlace Place => _current is { } malformed ? new(_path, malformed.LineNumber + _linesBefore) : Row.Place;

    /// <summary>
    /// The current record as it stands in the file, also when it is malformed; without what is empty after the last column.
    /// </summary>
    public SourceRecord Source => new(
        _current is { } malformed ? Encoding.UTF8.GetBytes(malformed.RawRecord) : _reader.RawRecord.Slice(0, LengthOfColumns()).ToArray());

    /// <summary>Copies the current record.</summary>
    public void CopyTo(CsvBatch batch)
    {
        if (Fault is not null)
        {
            batch.Add(Place.Line, Fault, Source);
        }
        else
        {
            batch.Add(_reader, Place.Line, LengthOfColumns(), Row.IsPlain);
        }
    }

    /// <summary>Bytes of the file read so far.</summary>
    public long Position => _stream.Position;

    /// <summary>Opens a file and reads its header.</summary>
    /// <exception cref="InboundProvisioningException">The file has no header, or one that cannot be used.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static CsvFile Open(string path, CsvFileOptions options)
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.SequentialScan);
        try
        {
            CsvFile file = stream.CanSeek
                ? new CsvFile(path, options, stream)
                : throw new InboundProvisioningException("NotAFile", FaultKind.InvalidArgument, $"{path} is no file that can be read twice.", path);
            file.LookAhead();
            return file;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Takes the last records for data too, whatever <see cref="CsvFileOptions.SkipLast"/> says.</summary>
    public void KeepLast()
    {
        _ahead?.Dispose();
        _ahead = null;
    }

    /// <summary>Moves to the next record, good or bad.</summary>
    /// <exception cref="InboundProvisioningException">The rest of the file cannot be read.</exception>
    public bool Read()
    {
        _current = null;
        Fault = null;
        _surplus = 0;
        if (_ahead is not null && !ReadAhead())
        {
            return false;
        }

        if (_malformed.Count == 0 && !_recordWaits && !_ended)
        {
            ReadRecord();
        }

        if (_malformed.Count > 0)
        {
            CsvMalformedRecord malformed = _malformed.Dequeue();
            _current = malformed;
            Fault = new RowFault("MalformedCsv", null, Describe(malformed.Reason));
            return true;
        }

        if (_end is { } end)
        {
            _end = null;
            throw end;
        }

        if (!_recordWaits)
        {
            return false;
        }

        _recordWaits = false;
        Fault = Check();
        return true;
    }

    public void Dispose()
    {
        _ahead?.Dispose();
        _reader.Dispose();
        _stream.Dispose();
    }

    private static string Describe(CsvMalformedReason reason) => reason switch
    {
        CsvMalformedReason.StrayQuote => "A quote stands inside a field that is not quoted.",
        CsvMalformedReason.TextAfterClosingQuote => "Text follows the closing quote of a field.",
        CsvMalformedReason.UnterminatedQuote => "A quoted field is never closed; everything from here to the end of the file belongs to it.",
        _ => "The record is not valid CSV.",
    };

    private RowColumns ReadHeader()
    {
        string[] headers = Guard(() =>
        {
            _reader.ReadHeader();
            return _reader.Headers.ToArray();
        });
        if (_nulEncoding is not null && (_malformed.Count > 0 || headers.Any(static header => header.Contains('\0') || header.Contains('\uFFFD'))))
        {
            throw HeaderFault("InvalidEncoding", $"The file is full of NUL characters, as text in another encoding is: give -Encoding {_nulEncoding}.");
        }

        if (_malformed.Count > 0)
        {
            throw HeaderFault("MalformedHeader", "The header is not valid CSV: " + Describe(_malformed.Dequeue().Reason));
        }

        if (headers.Length == 0)
        {
            throw HeaderFault("EmptyFile", "The file is empty: it has no header.");
        }

        var names = new List<string>(headers.Length);
        var positions = new Dictionary<string, int>(ColumnName.Comparer);
        for (int i = 0; i < headers.Length; i++)
        {
            if (headers[i].Contains('\uFFFD') && _checksUtf8)
            {
                throw HeaderFault("InvalidEncoding", $"line {_linesBefore + 1}, column {i + 1} of the header is not valid UTF-8. {EncodingAdvice}");
            }

            if (headers[i].Contains('\0'))
            {
                throw HeaderFault("InvalidEncoding", "The header holds NUL characters, which text does not; if the file is in UTF-16, say so with -Encoding Unicode.");
            }

            headers[i] = headers[i].Trim();
            string name = ColumnName.Plain(headers[i]);
            _namedColumns = name.Length == 0 ? _namedColumns : i + 1;
            if (name.Length == 0)
            {
                headers[i] = name = "H" + (++UnnamedColumns).ToString(CultureInfo.InvariantCulture);
            }

            if (positions.TryGetValue(name, out int first))
            {
                throw HeaderFault("RepeatedColumn", RowColumns.Repeated(headers, first, i));
            }

            positions.Add(name, i);
            names.Add(name);
        }

        return new RowColumns(names, headers);
    }

    private const string EncodingAdvice = "If the file is in another encoding, name it, such as -Encoding Windows-1252.";

    private InboundProvisioningException HeaderFault(string errorId, string message) =>
        new(errorId, FaultKind.InvalidData, $"{_path}: {message}", _path);

    // Malformed records can stand before the one at which reading ends: they come first.
    private void ReadRecord()
    {
        try
        {
            do
            {
                _recordWaits = Guard(_read);
            }
            while (_recordWaits && IsEmpty());
        }
        catch (InboundProvisioningException fault)
        {
            _end = fault;
        }

        _ended = !_recordWaits;
    }

    private T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (CsvFormatException exception)
        {
            throw Unreadable(
                "RecordTooLong",
                exception.LineNumber,
                "The record that starts here is longer than 16 MB, most likely because a quote is never closed. The rest of the file was not read.",
                exception);
        }
        catch (DecoderFallbackException exception)
        {
            throw Unreadable(
                "InvalidEncoding",
                _reader.LineNumber,
                "Soon after this line come bytes that the encoding does not have. The rest of the file was not read; check -Encoding.",
                exception);
        }
    }

    private InboundProvisioningException Unreadable(string errorId, long line, string message, Exception exception) =>
        new(errorId, FaultKind.InvalidData, string.Format(CultureInfo.InvariantCulture, "{0}, line {1}: {2}", _path, line + _linesBefore, message), _path, exception);

    private RowFault? Check()
    {
        if (!Row.CheckPlain() && _checksUtf8 && !Utf8Validation.IsValid(_reader.RawRecord))
        {
            return new RowFault("InvalidEncoding", null, $"The value of {InvalidColumn()} is not valid UTF-8. {EncodingAdvice}");
        }

        int fields = _reader.FieldCount;
        if (fields == Columns.Names.Count)
        {
            return null;
        }

        if (fields > Columns.Names.Count && AreEmpty(Columns.Names.Count, fields))
        {
            _surplus = fields - Columns.Names.Count;
            return null;
        }

        if (_options.AllowRaggedRow)
        {
            return null;
        }

        // A separator at the end of the header alone.
        if (fields >= _namedColumns && fields < Columns.Names.Count)
        {
            return null;
        }

        return fields < Columns.Names.Count
            ? new RowFault("TooFewFields", null, $"The row has fewer fields than the header: {fields} of {Columns.Names.Count}. -AllowRaggedRow takes the missing ones as null.")
            : new RowFault("TooManyFields", null, $"The row has more fields than the header: {fields} for {Columns.Names.Count}. -AllowRaggedRow drops the extra ones.");
    }

    // A record that a second reader of the file, so many records further on, does not reach the end before is data.
    private bool ReadAhead()
    {
        try
        {
            return _ahead!.Read();
        }
        catch (InboundProvisioningException)
        {
            // The rest cannot be read, so nobody knows which records are the last. This reader comes to the same place, and says so.
            KeepLast();
            return true;
        }
    }

    private void LookAhead()
    {
        if (_options.SkipLast > 0)
        {
            _ahead = Open(_path, _options with { SkipLast = 0 });
            for (int i = 0; i < _options.SkipLast && _ahead is not null && ReadAhead(); i++)
            {
            }
        }
    }

    // Nearly every record is told by its first character.
    private bool IsEmpty()
    {
        ReadOnlySpan<byte> raw = _reader.RawRecord;
        int at = raw.Length > 1 && raw[0] == '"' ? 1 : 0;
        return !(raw.Length > at && raw[at] is > (byte)' ' and <= (byte)'~' and not (byte)'"' && raw[at] != Delimiter)
            && AreEmpty(0, _reader.FieldCount);
    }

    // White space counts as nothing here, as in the name of a column: nobody can see it.
    private bool AreEmpty(int from, int to)
    {
        for (int i = from; i < to; i++)
        {
            ReadOnlySpan<byte> field = _reader.GetSpan(i);
            foreach (byte one in field)
            {
                // Letters of most scripts, and signs: nothing that could be white space begins so, or goes on so.
                if (one is > (byte)' ' and < 0x80 or < (byte)'\t' or (> (byte)'\r' and < (byte)' ') or (>= 0xC3 and <= 0xCC) or (>= 0xCE and <= 0xD7) or (>= 0xE4 and <= 0xEE))
                {
                    return false;
                }
            }

            if (field.Length > 0 && ColumnName.Plain(Encoding.UTF8.GetString(field.ToArray())).Length > 0)
            {
                return false;
            }
        }

        return true;
    }

    // Back over the fields that are empty: separators, blanks and quotes, in which a separator can stand.
    private int LengthOfColumns()
    {
        ReadOnlySpan<byte> raw = _reader.RawRecord;
        int length = raw.Length;
        bool isQuoted = false;
        for (int surplus = _surplus; surplus > 0;)
        {
            length--;
            isQuoted ^= raw[length] == '"';
            surplus -= !isQuoted && raw[length] == Delimiter ? 1 : 0;
        }

        return length;
    }

    private string InvalidColumn()
    {
        for (int i = 0; i < Math.Min(_reader.FieldCount, Columns.Names.Count); i++)
        {
            if (!Utf8Validation.IsValid(_reader.GetSpan(i)))
            {
                return $"column '{Columns.Names[i]}'";
            }
        }

        return "the row";
    }
}
