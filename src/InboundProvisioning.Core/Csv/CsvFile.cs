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
    private const int MaxTypeLineBytes = 4096;

    private readonly string _path;
    private readonly CsvFileOptions _options;
    private readonly FileStream _stream;
    private readonly CsvReader _reader;
    private readonly Func<bool> _read;
    private readonly bool _checksUtf8;
    private readonly long _linesBefore;
    private readonly Queue<CsvMalformedRecord> _malformed = new();
    private CsvMalformedRecord? _current;
    private bool _recordWaits;
    private bool _ended;
    private InboundProvisioningException? _end;

    private CsvFile(string path, CsvFileOptions options, FileStream stream)
    {
        _path = path;
        _options = options;
        _stream = stream;
        Encoding? marked = TextEncodings.ReadByteOrderMark(stream);
        Encoding encoding = marked ?? options.Encoding ?? new UTF8Encoding();
        _checksUtf8 = encoding is UTF8Encoding;
        _linesBefore = SkipTypeLine(stream, encoding);
        _reader = CsvReader.Create(
            stream,
            new CsvReaderOptions
            {
                Separator = options.Delimiter,
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
                Encoding = _checksUtf8 ? null : TextEncodings.Strict(encoding),
            },
            leaveOpen: true);
        _read = _reader.Read;
        Columns = new RowColumns(ReadHeader());
        Row = new CsvRow(_reader, Columns, path, _linesBefore);
    }

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

    /// <summary>The current record as it stands in the file, in UTF-8, without its line break.</summary>
    public byte[] RawRecord => _current is { } malformed ? Encoding.UTF8.GetBytes(malformed.RawRecord) : _reader.RawRecord.ToArray();

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
            return stream.CanSeek
                ? new CsvFile(path, options, stream)
                : throw new InboundProvisioningException("NotAFile", FaultKind.InvalidArgument, $"{path} is no file that can be read twice.", path);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Moves to the next record, good or bad.</summary>
    /// <exception cref="InboundProvisioningException">The rest of the file cannot be read.</exception>
    public bool Read()
    {
        _current = null;
        Fault = null;
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
        _reader.Dispose();
        _stream.Dispose();
    }

    /// <summary>
    /// The separators, other than the one in use, with which a file's first line has all these columns.
    /// </summary>
    public static char? FindDelimiter(string path, CsvFileOptions options, IReadOnlyList<string> columns)
    {
        foreach (char delimiter in new[] { ',', ';', '\t', '|' })
        {
            if (delimiter == options.Delimiter)
            {
                continue;
            }

            try
            {
                using CsvFile file = Open(path, new CsvFileOptions { Delimiter = delimiter, Encoding = options.Encoding });
                if (columns.All(column => file.Columns.IndexOf(column) >= 0))
                {
                    return delimiter;
                }
            }
            catch (InboundProvisioningException)
            {
                // Not with this one.
            }
        }

        return null;
    }

    private static string Describe(CsvMalformedReason reason) => reason switch
    {
        CsvMalformedReason.StrayQuote => "A quote stands inside a field that is not quoted.",
        CsvMalformedReason.TextAfterClosingQuote => "Text follows the closing quote of a field.",
        CsvMalformedReason.UnterminatedQuote => "A quoted field is never closed; everything from here to the end of the file belongs to it.",
        _ => "The record is not valid CSV.",
    };

    // Export-Csv of Windows PowerShell writes the type of its objects into a first line, which Import-Csv passes over.
    private static long SkipTypeLine(FileStream stream, Encoding encoding)
    {
        long start = stream.Position;
        byte[] block = new byte[MaxTypeLineBytes];
        ReadOnlySpan<byte> read = block.AsSpan(0, stream.Read(block, 0, block.Length));
        stream.Position = start;
        if (!read.StartsWith(encoding.GetBytes("#TYPE ")))
        {
            return 0;
        }

        ReadOnlySpan<byte> lineFeed = encoding.GetBytes("\n");
        for (int at = 0; at + lineFeed.Length <= read.Length; at += lineFeed.Length)
        {
            if (read.Slice(at, lineFeed.Length).SequenceEqual(lineFeed))
            {
                stream.Position = start + at + lineFeed.Length;
                return 1;
            }
        }

        return 0;
    }

    private List<string> ReadHeader()
    {
        string[] headers = Guard(() =>
        {
            _reader.ReadHeader();
            return _reader.Headers.ToArray();
        });
        if (_malformed.Count > 0)
        {
            throw HeaderFault("MalformedHeader", "The header is not valid CSV: " + Describe(_malformed.Dequeue().Reason));
        }

        if (headers.Length == 0)
        {
            throw HeaderFault("EmptyFile", "The file is empty: it has no header.");
        }

        var names = new List<string>(headers.Length);
        var positions = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < headers.Length; i++)
        {
            string name = headers[i].Trim();
            if (name.Contains('\uFFFD') && _checksUtf8)
            {
                throw HeaderFault("InvalidEncoding", $"line {_linesBefore + 1}, column {i + 1} of the header is not valid UTF-8. {EncodingAdvice}");
            }

            if (name.Contains('\0'))
            {
                throw HeaderFault("InvalidEncoding", "The header holds NUL characters; if the file is in UTF-16, say so with -Encoding Unicode.");
            }

            if (name.Length == 0)
            {
                name = "H" + (++UnnamedColumns).ToString(CultureInfo.InvariantCulture);
            }

            if (positions.TryGetValue(name, out int first))
            {
                throw HeaderFault(
                    "RepeatedColumn",
                    $"The column '{name}' occurs twice, as columns {first} and {i + 1}. Give each column a name of its own.");
            }

            positions.Add(name, i + 1);
            names.Add(name);
        }

        return names;
    }

    private const string EncodingAdvice = "If the file is in another encoding, name it, such as -Encoding Windows-1252.";

    private InboundProvisioningException HeaderFault(string errorId, string message) =>
        new(errorId, FaultKind.InvalidData, $"{_path}: {message}", _path);

    // Malformed records can stand before the one at which reading ends: they come first.
    private void ReadRecord()
    {
        try
        {
            _recordWaits = Guard(_read);
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
        if (fields == Columns.Names.Count || _options.AllowRaggedRow)
        {
            return null;
        }

        return fields < Columns.Names.Count
            ? new RowFault("TooFewFields", null, $"The row has fewer fields than the header: {fields} of {Columns.Names.Count}. -AllowRaggedRow takes the missing ones as null.")
            : new RowFault("TooManyFields", null, $"The row has more fields than the header: {fields} for {Columns.Names.Count}. -AllowRaggedRow drops the extra ones.");
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
