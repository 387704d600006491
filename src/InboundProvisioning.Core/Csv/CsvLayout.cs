using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;

namespace InboundProvisioning.Csv;

/// <summary>How a CSV file is written, as it was found out from the file.</summary>
/// <param name="Options">With these it is read.</param>
/// <param name="EncodingName">The encoding, as -Encoding takes it.</param>
/// <param name="HasMark">Whether a byte order mark tells the encoding.</param>
/// <param name="IsEncodingGuessed">Whether the encoding is a guess: the bytes are no UTF-8, and nothing in a file tells what they are else.</param>
/// <param name="IsDelimiterGiven">Whether the separator needs no parameter: it is a comma, or the file's own line sep= names it.</param>
public sealed record CsvLayout(CsvFileOptions Options, string EncodingName, bool HasMark, bool IsEncodingGuessed, bool IsDelimiterGiven)
{
    private const int Lines = 20;
    private const int Records = 50;
    private const int LookedAtBytes = 4 * 1024 * 1024;

    /// <summary>The separator.</summary>
    public char Delimiter => Options.Delimiter ?? ',';

    /// <summary>The parameters with which a cmdlet reads the file so, as they are typed; empty where it does so by itself.</summary>
    public string Parameters
    {
        get
        {
            string delimiter = IsDelimiterGiven ? string.Empty : " -Delimiter " + (Delimiter == '\t' ? "\"`t\"" : Delimiter == '\'' ? "\"'\"" : "'" + Delimiter + "'");
            string encoding = HasMark || EncodingName == "utf8" ? string.Empty : " -Encoding " + EncodingName;
            string row = Options.HeaderRow == 1 ? string.Empty : string.Format(CultureInfo.InvariantCulture, " -HeaderRow {0}", Options.HeaderRow);
            return delimiter + encoding + row;
        }
    }

    /// <summary>What was found, in words.</summary>
    public string Found
    {
        get
        {
            string separator = Delimiter switch
            {
                ',' => "commas",
                ';' => "semicolons",
                '\t' => "tabs",
                '|' => "vertical bars",
                char other => $"the character {other}",
            };
            string encoding = HasMark ? $"{EncodingName} (by its byte order mark)" : IsEncodingGuessed ? $"{EncodingName} (a guess: it is no UTF-8)" : EncodingName;
            return string.Format(CultureInfo.InvariantCulture, "fields between {0}, encoding {1}, header in line {2}", separator, encoding, Options.HeaderRow);
        }
    }

    /// <summary>Looks at the beginning of a file for the separator, the encoding and the line of the header.</summary>
    /// <param name="path">The file.</param>
    /// <param name="given">What the user says of it; null is for this to find out.</param>
    /// <param name="findsHeaderRow">Whether the line of the header is to be found out too.</param>
    /// <exception cref="InboundProvisioningException">The file has no header, or one that cannot be used.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static CsvLayout Find(string path, CsvFileOptions given, bool findsHeaderRow)
    {
        (Encoding? encoding, string name, bool hasMark, bool isGuess) = FindEncoding(path, given.Encoding);
        CsvFileOptions options = given with { Encoding = encoding };
        int rows = findsHeaderRow ? Math.Min(Lines, LinesOf(path)) : 1;
        char?[] delimiters = given.Delimiter is null && SeparatorLine(path, options) is null ? [',', ';', '\t', '|'] : [given.Delimiter];
        CsvFileOptions? best = null;
        double bestScore = 0;
        for (int i = 0; i < rows; i++)
        {
            foreach (char? delimiter in delimiters)
            {
                CsvFileOptions tried = options with { Delimiter = delimiter, HeaderRow = given.HeaderRow + i };
                double score = Score(path, tried);
                if (score > bestScore * 1.2)
                {
                    best = tried;
                    bestScore = score;
                }
            }
        }

        // Where nothing fits, the reader says what is wrong with the file as it was given.
        best ??= options;
        char? separator = SeparatorLine(path, best) ?? best.Delimiter;
        return new CsvLayout(best with { Delimiter = separator ?? ',' }, name, hasMark, isGuess, separator is null or ',' || best.Delimiter is null);
    }

    // Columns with names whose records have as many fields. A header of one column is one where nothing better is found.
    private static double Score(string path, CsvFileOptions options)
    {
        try
        {
            using CsvFile file = CsvFile.Open(path, options with { AllowRaggedRow = false });
            if (file.FollowsBlankLine)
            {
                return 0;
            }

            int good = 0;
            int all = 0;
            while (all < Records && file.Read())
            {
                all++;
                good += file.Fault is null ? 1 : 0;
            }

            int named = file.Columns.Names.Count - file.UnnamedColumns;
            double share = all == 0 ? 0.5 : (double)good / all;
            return (named - (file.UnnamedColumns * 0.5)) * share * share;
        }
        catch (InboundProvisioningException)
        {
            return 0;
        }
    }

    private static char? SeparatorLine(string path, CsvFileOptions options)
    {
        using FileStream stream = Open(path);
        return CsvPrologue.Read(path, options with { HeaderRow = 1 }, stream).Delimiter;
    }

    private static (Encoding? Encoding, string Name, bool HasMark, bool IsGuess) FindEncoding(string path, Encoding? given)
    {
        using FileStream stream = Open(path);
        if (TextEncodings.ReadByteOrderMark(stream) is { } marked)
        {
            return (given, marked.WebName == "utf-8" ? "utf8" : marked.WebName, true, false);
        }

        if (given is not null)
        {
            return (given, given.WebName == "utf-8" ? "utf8" : given.WebName, false, false);
        }

        byte[] block = new byte[Math.Min(LookedAtBytes, stream.Length)];
        int length = TextEncodings.ReadFully(stream, block);
        if (TextEncodings.GuessByNuls(block.AsSpan(0, Math.Min(length, 4096))) is { } byNuls)
        {
            return (TextEncodings.Parse(byNuls), byNuls, false, false);
        }

        // The last line can be cut amid a character.
        int end = length;
        while (length == LookedAtBytes && end > 0 && block[end - 1] != '\n')
        {
            end--;
        }

        if (Utf8Validation.IsValid(block.AsSpan(0, end == 0 ? length : end)))
        {
            return (null, "utf8", false, false);
        }

        string guess = GuessOf(block, length);
        return (TextEncodings.Parse(guess), guess, false, true);
    }

    // Shift-JIS where all bytes make Japanese of each other; the code page of Central Europe where that of the West has signs amid letters.
    private static string GuessOf(byte[] block, int length)
    {
        string japanese = TextEncodings.Decode(TextEncodings.Parse("932"), block, 0, length);
        int foreign = japanese.Count(static letter => letter > '\x7F');
        if (japanese.Count(static letter => letter is (>= '\u3040' and <= '\u30FF') or (>= '\u4E00' and <= '\u9FFF')) * 10 > foreign * 9)
        {
            return "shift_jis";
        }

        string western = TextEncodings.Decode(TextEncodings.Parse("windows-1252"), block, 0, length);
        int amid = 0;
        for (int i = 1; i < western.Length; i++)
        {
            bool isSign = western[i] is '¹' or '³' or '¿' or '¯' && char.IsLetter(western[i - 1]);
            amid += isSign || (western[i - 1] == '£' && char.IsLower(western[i])) ? 1 : 0;
        }

        return amid > 0 ? "windows-1250" : "windows-1252";
    }

    private static int LinesOf(string path)
    {
        using FileStream stream = Open(path);
        byte[] block = new byte[64 * 1024];
        int read = TextEncodings.ReadFully(stream, block);
        return 1 + block.Take(read).Count(static one => one is (byte)'\n' or (byte)'\r');
    }

    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
}
