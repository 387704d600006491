using System;
using System.Globalization;
using System.IO;
using System.Text;

namespace InboundProvisioning.Csv;

/// <summary>What stands before the header of a CSV file: a byte order mark, lines of Excel and of Export-Csv, a report's title.</summary>
internal sealed class CsvPrologue
{
    private const int BlockBytes = 4096;

    // A report's title is short; what is longer is another kind of file.
    private const int TitleBytes = 1024 * 1024;
    private const int LongestSeparatorLine = 200;

    private readonly string _path;
    private readonly byte[] _block;
    private readonly int _length;
    private readonly byte[] _carriageReturn;
    private readonly byte[] _lineFeed;
    private int _position;

    private CsvPrologue(string path, CsvFileOptions options, FileStream stream)
    {
        _path = path;
        Encoding? marked = TextEncodings.ReadByteOrderMark(stream);
        Encoding = marked ?? options.Encoding ?? new UTF8Encoding();
        _carriageReturn = Encoding.GetBytes("\r");
        _lineFeed = Encoding.GetBytes("\n");
        long start = stream.Position;
        _block = new byte[Math.Min(options.HeaderRow > 1 ? TitleBytes : BlockBytes, stream.Length - start)];
        _length = TextEncodings.ReadFully(stream, _block);
        ReadOnlySpan<byte> beginning = _block.AsSpan(0, Math.Min(_length, BlockBytes));
        if (FileContent.Recognize(beginning, Encoding, stream) is { } content)
        {
            throw content.Fault(path);
        }

        PassOver(options);
        NulEncoding = Encoding is UnicodeEncoding or UTF32Encoding ? null : TextEncodings.GuessByNuls(beginning);
        stream.Position = start + _position;
        ReadOnlySpan<byte> header = _block.AsSpan(_position, _length - _position);
        IsBlankLine = header.StartsWith(_carriageReturn) || header.StartsWith(_lineFeed);
    }

    /// <summary>How the file is encoded.</summary>
    public Encoding Encoding { get; }

    /// <summary>The separator that the line <c>sep=</c> names, or null.</summary>
    public char? Delimiter { get; private set; }

    /// <summary>How many lines stand before the one at which the stream is now.</summary>
    public int Lines { get; private set; }

    /// <summary>Whether nothing stands in the line at which the stream is now.</summary>
    public bool IsBlankLine { get; }

    /// <summary>The encoding with which the NUL characters at the beginning would be none, as -Encoding spells it, or null.</summary>
    public string? NulEncoding { get; }

    /// <summary>Looks at the beginning of a file, and leaves the stream at the line that is the header.</summary>
    /// <exception cref="InboundProvisioningException"><c>NotCsv</c>, or <c>EmptyFile</c>: there is no such line.</exception>
    public static CsvPrologue Read(string path, CsvFileOptions options, FileStream stream) => new(path, options, stream);

    private void PassOver(CsvFileOptions options)
    {
        Delimiter = SeparatorLine();
        if (options.HeaderRow > 1)
        {
            while (Lines < options.HeaderRow - 1 && SkipLine())
            {
            }

            if (Lines < options.HeaderRow - 1 || _position == _length)
            {
                string limit = _length == TitleBytes ? "; only the first megabyte is looked at" : string.Empty;
                throw new InboundProvisioningException(
                    "EmptyFile",
                    FaultKind.InvalidData,
                    string.Format(CultureInfo.InvariantCulture, "{0}: There is no line {1} for the header, which -HeaderRow says{2}.", _path, options.HeaderRow, limit),
                    _path);
            }

            return;
        }

        if (Delimiter is not null)
        {
            SkipLine();
        }

        // Export-Csv of Windows PowerShell writes the type of its objects into a first line, which Import-Csv passes over.
        if (_block.AsSpan(_position, Math.Min(_length - _position, BlockBytes)).StartsWith(Encoding.GetBytes("#TYPE ")))
        {
            SkipLine();
        }
    }

    // Excel's sep=; names the separator, in any case and with or without quotes. A program that fills up its lines may have put separators after it.
    private char? SeparatorLine()
    {
        int position = _position;
        int lines = Lines;
        bool isWhole = SkipLine();
        int length = _position - position;
        _position = position;
        Lines = lines;
        if (!isWhole || length > LongestSeparatorLine * _lineFeed.Length)
        {
            return null;
        }

        string line = TextEncodings.Decode(Encoding, _block, position, length).TrimEnd('\r', '\n');
        bool isQuoted = line.Length > 0 && line[0] == '"';
        line = isQuoted ? line.Substring(1) : line;
        if (line.Length < 5 || !line.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) || !CanSeparate(line[4]))
        {
            return null;
        }

        string rest = line.Substring(5);
        if (isQuoted && (rest.Length == 0 || rest[0] != '"'))
        {
            return null;
        }

        return rest.Substring(isQuoted ? 1 : 0).Trim(line[4], ' ').Length == 0 ? line[4] : null;
    }

    // A letter or a digit is the beginning of a word, not a separator that a spreadsheet writes.
    private static bool CanSeparate(char separator) => separator is '\t' or (>= ' ' and <= '~' and not '"') && !char.IsLetterOrDigit(separator);

    // False, and no step, when the line does not end within what was read.
    private bool SkipLine()
    {
        int unit = _lineFeed.Length;
        for (int at = _position; at + unit <= _length; at += unit)
        {
            ReadOnlySpan<byte> here = _block.AsSpan(at, unit);
            bool isReturn = here.SequenceEqual(_carriageReturn);
            if (!isReturn && !here.SequenceEqual(_lineFeed))
            {
                continue;
            }

            int next = at + unit;
            bool isPair = isReturn && next + unit <= _length && _block.AsSpan(next, unit).SequenceEqual(_lineFeed);
            _position = isPair ? next + unit : next;
            Lines++;
            return true;
        }

        return false;
    }
}
