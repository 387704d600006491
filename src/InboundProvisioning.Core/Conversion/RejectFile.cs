using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using CsvHelper;
using InboundProvisioning.Csv;
using InboundProvisioning.Mapping;

namespace InboundProvisioning.Conversion;

/// <summary>
/// Collects rejected rows as a CSV that can be corrected and fed in again: the columns of the source and, last, the reason.
/// A row stands there as in its source, so that one that is malformed or ragged stays so until it is corrected.
/// </summary>
public sealed class RejectFile : IDisposable
{
    /// <summary>The name of the column that says why a row was rejected.</summary>
    public const string ReasonColumn = "RejectReason";

    private readonly string _path;
    private readonly FileStream _stream;
    private char? _delimiter;
    private IReadOnlyList<string>? _columns;

    private RejectFile(string path, char? delimiter, FileStream stream)
    {
        _path = path;
        _delimiter = delimiter;
        _stream = stream;
    }

    private char Delimiter => _delimiter ?? ',';

    /// <summary>Refuses a file of rejects that is to be read: opening it would empty it. One that is fed in again is the likely case.</summary>
    /// <param name="path">The file of rejects.</param>
    /// <param name="input">The files that are read.</param>
    /// <exception cref="InboundProvisioningException"><c>RejectPathIsInput</c>.</exception>
    public static void RefuseInput(string path, IEnumerable<string> input)
    {
        string full = Path.GetFullPath(path);
        if (input.Any(file => string.Equals(Path.GetFullPath(file), full, StringComparison.OrdinalIgnoreCase)))
        {
            throw new InboundProvisioningException(
                "RejectPathIsInput",
                FaultKind.InvalidArgument,
                $"{full} is to be read and cannot take the rejected rows as well. Give another -RejectPath.",
                full);
        }
    }

    /// <summary>Creates the file, or goes on with an earlier one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="delimiter">What separates its fields; null takes that of the source, and says so in a line <c>sep=</c> where it is no comma.</param>
    /// <param name="append">Whether rows are added to what is there; else the file is replaced.</param>
    /// <exception cref="InboundProvisioningException">The earlier file is none of ours.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static RejectFile Open(string path, char? delimiter, bool append)
    {
        if (!append || !HasContent(path))
        {
            if (HasContent(path) && !IsRejectFile(path, delimiter))
            {
                throw new InboundProvisioningException(
                    "NotARejectFile",
                    FaultKind.InvalidArgument,
                    $"{path} is there already and has no last column {ReasonColumn}: it is no file of rejected rows, and would be lost. Take another -RejectPath, or delete it.",
                    path);
            }

            var created = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read);

            // Rows are kept in UTF-8 whatever their source was in; the mark lets them be read again with the same -Encoding.
            created.Write([0xEF, 0xBB, 0xBF], 0, 3);
            return new RejectFile(path, delimiter, created);
        }

        IReadOnlyList<string> columns;
        using (CsvFile earlier = CsvFile.Open(path, new CsvFileOptions { Delimiter = delimiter }))
        {
            columns = earlier.Columns.Names;
            delimiter = earlier.Delimiter;
        }

        if (!IsReasonColumn(columns[columns.Count - 1]))
        {
            throw new InboundProvisioningException(
                "NotARejectFile", FaultKind.InvalidArgument, $"{path} has no last column {ReasonColumn}; rows are added to reject files only.", path);
        }

        return new RejectFile(path, delimiter, OpenAtEnd(path)) { _columns = [.. columns.Take(columns.Count - 1)] };
    }

    // The mark alone is what a run without input leaves.
    private static bool HasContent(string path) => File.Exists(path) && new FileInfo(path).Length > 3;

    private static bool IsRejectFile(string path, char? delimiter)
    {
        try
        {
            using CsvFile earlier = CsvFile.Open(path, new CsvFileOptions { Delimiter = delimiter });
            return earlier.Columns.Names is [.., var last] && (IsReasonColumn(last) || last.EndsWith(ReasonColumn, StringComparison.OrdinalIgnoreCase));
        }
        catch (InboundProvisioningException)
        {
            return false;
        }
    }

    /// <summary>Whether a column is the one that says why a row was rejected.</summary>
    public static bool IsReasonColumn(string name) => string.Equals(name, ReasonColumn, StringComparison.OrdinalIgnoreCase);

    /// <summary>Writes the header for the rows to come, or checks that they fit the one that is there.</summary>
    /// <param name="columns">The columns of the source.</param>
    /// <param name="delimiter">What separates its fields.</param>
    /// <param name="source">The file, or a word for the input.</param>
    /// <exception cref="InboundProvisioningException">The source has other columns than the file.</exception>
    public void SetColumns(IReadOnlyList<string> columns, char delimiter, string source)
    {
        columns = [.. columns.Where(column => !IsReasonColumn(column))];
        if (_delimiter is null && delimiter != ',')
        {
            byte[] line = Encoding.ASCII.GetBytes($"sep={delimiter}\r\n");
            _stream.Write(line, 0, line.Length);
        }

        _delimiter ??= delimiter;
        if (_delimiter != delimiter)
        {
            throw new InboundProvisioningException(
                "RejectFileColumns",
                FaultKind.InvalidArgument,
                $"The rejected rows of {source} do not fit into {_path}, whose fields are separated by another character. Convert it on its own, with another -RejectPath.",
                _path);
        }

        if (_columns is null)
        {
            _columns = columns;
            WriteFields(columns, ReasonColumn);
        }
        else if (!_columns.SequenceEqual(columns, ColumnName.Comparer))
        {
            throw new InboundProvisioningException(
                "RejectFileColumns",
                FaultKind.InvalidArgument,
                $"The rejected rows of {source} do not fit into {_path}, which has other columns. Convert it on its own, with another -RejectPath.",
                _path);
        }
    }

    /// <summary>Adds a record as its source has it.</summary>
    /// <param name="record">The record.</param>
    /// <param name="reason">Why it was rejected.</param>
    public void Add(KeptRecord record, string reason)
    {
        if (record.Source.Raw is not { } raw)
        {
            WriteFields(record.Source.Values, reason);
            return;
        }

        _stream.Write(raw, 0, record.HasReason ? LengthWithoutReason(raw) : raw.Length);
        WriteFields([], reason, startsRecord: false);
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private void WriteFields(IReadOnlyList<string?> values, string last, bool startsRecord = true)
    {
        if (!startsRecord)
        {
            _stream.WriteByte((byte)Delimiter);
        }

        using var writer = CsvWriter.Create(_stream, new CsvWriterOptions { Separator = Delimiter, ValidateFieldCount = false }, leaveOpen: true);
        foreach (string? value in values)
        {
            writer.WriteField(value);
        }

        writer.WriteField(last);
        writer.EndRecord();
    }

    // An editor may have left the last line without its break.
    private static FileStream OpenAtEnd(string path)
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        stream.Seek(-1, SeekOrigin.End);
        if (stream.ReadByte() is not ('\n' or '\r'))
        {
            stream.Write("\r\n"u8.ToArray(), 0, 2);
        }

        return stream;
    }

    // Looked for from the end, where the last field is one of ours: what stands before it may be malformed.
    private int LengthWithoutReason(byte[] rawRecord)
    {
        int start = StartOfLastField(rawRecord);
        return start > 0 && rawRecord[start - 1] == Delimiter && IsReason(rawRecord.AsSpan(start)) ? start - 1 : rawRecord.Length;
    }

    private int StartOfLastField(byte[] rawRecord)
    {
        int at = rawRecord.Length - 1;
        if (at < 0 || rawRecord[at] != '"')
        {
            return Array.LastIndexOf(rawRecord, (byte)Delimiter) + 1;
        }

        // Back to the opening quote; quotes inside are doubled.
        at--;
        while (at > 0 && (rawRecord[at] != '"' || rawRecord[at - 1] == '"'))
        {
            at -= rawRecord[at] == '"' ? 2 : 1;
        }

        return Math.Max(at, 0);
    }

    // The reason may have been cleared; any other last field of a row that lacks its reason is the user's.
    private static bool IsReason(ReadOnlySpan<byte> field) =>
        field.IsEmpty || field.IndexOf(", line "u8) >= 0 || field.IndexOf("input object "u8) >= 0;
}
