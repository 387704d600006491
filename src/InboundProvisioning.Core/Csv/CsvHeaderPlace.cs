using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace InboundProvisioning.Csv;

/// <summary>Another separator, or another line, with which a file has the columns that the mapping names.</summary>
/// <param name="Delimiter">The separator, or null when it is the one in use.</param>
/// <param name="HeaderRow">The line, or null when it is the one in use.</param>
/// <param name="Missing">Columns that are not there either: fewer than half.</param>
public sealed record CsvHeaderPlace(char? Delimiter, int? HeaderRow, IReadOnlyList<string> Missing)
{
    private const int Lines = 20;

    /// <summary>The parameters that say so, as they are typed.</summary>
    public string Parameters
    {
        get
        {
            string delimiter = Delimiter is { } separator ? " -Delimiter " + Quoted(separator) : string.Empty;
            string row = HeaderRow is { } line ? string.Format(CultureInfo.InvariantCulture, " -HeaderRow {0}", line) : string.Empty;
            return (delimiter + row).TrimStart();
        }
    }

    /// <summary>Looks for the header among the first lines of a file and with the usual separators.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How it is read now.</param>
    /// <param name="columns">The columns that the mapping names.</param>
    /// <param name="missing">How many of them are not there now.</param>
    /// <returns>The nearest that has all of them, else the one that has the most; null when none has more than half, and more than now.</returns>
    internal static CsvHeaderPlace? Find(string path, CsvFileOptions options, IReadOnlyCollection<string> columns, int missing)
    {
        CsvHeaderPlace? best = null;
        int fewest = Math.Min(missing, (columns.Count + 1) / 2);
        int last = Math.Min(Lines, LinesOf(path));
        foreach (int row in Enumerable.Range(1, last).Prepend(options.HeaderRow))
        {
            foreach (char? delimiter in new char?[] { null, ',', ';', '\t', '|' })
            {
                CsvFileOptions other = options with { Delimiter = delimiter ?? options.Delimiter, HeaderRow = row, SkipLast = 0 };
                if (fewest > 0 && MissingWith(path, other, columns) is { } absent && absent.Count < fewest)
                {
                    best = new CsvHeaderPlace(delimiter, row == options.HeaderRow ? null : row, absent);
                    fewest = absent.Count;
                }
            }
        }

        return best;
    }

    // Never too few: each line ends in such a byte in every encoding, and a line break has one or two of them.
    private static int LinesOf(string path)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] block = new byte[64 * 1024];
        int lines = 1;
        for (int read = 1; read > 0 && lines <= Lines;)
        {
            read = stream.Read(block, 0, block.Length);
            lines += block.Take(read).Count(static one => one is (byte)'\n' or (byte)'\r');
        }

        return lines;
    }

    private static IReadOnlyList<string>? MissingWith(string path, CsvFileOptions options, IReadOnlyCollection<string> columns)
    {
        try
        {
            using CsvFile file = CsvFile.Open(path, options);
            return file.FollowsBlankLine ? null : [.. columns.Where(column => file.Columns.IndexOf(column) < 0)];
        }
        catch (InboundProvisioningException)
        {
            // Not with this one.
            return null;
        }
    }

    private static string Quoted(char delimiter) => delimiter == '\t' ? "\"`t\"" : "'" + delimiter + "'";
}
