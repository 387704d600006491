using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace InboundProvisioning.Csv;

/// <summary>What a file is that was given as CSV and is none, by its first bytes, whatever it is called.</summary>
internal sealed class FileContent
{
    private const string Workbook = "Convert it with Import-Excel (of the module ImportExcel): Import-Excel <file> | ConvertTo-ScimBulkPayload. Or save it in Excel as \"CSV UTF-8\".";
    private const string Unpack = "Unpack it first.";
    private const int LongestTitle = 80;

    private static readonly (byte[] Signature, string What, string Advice)[] Signatures =
    [
        ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "an Excel workbook of the old kind (.xls), or an Office file with a password", Workbook),
        ([0x1F, 0x8B, 0x08], "compressed with gzip", Unpack),
        ([0x42, 0x5A, 0x68, 0x39, 0x31, 0x41, 0x59], "compressed with bzip2", Unpack),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "compressed with xz", Unpack),
        ([0x28, 0xB5, 0x2F, 0xFD], "compressed with Zstandard", Unpack),
        ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "a 7-Zip archive", Unpack),
        ([0x52, 0x61, 0x72, 0x21, 0x1A, 0x07], "a RAR archive", Unpack),
        ([.. "%PDF-"u8], "a PDF document", "Have the report written as CSV."),
        ([.. "{\\rtf"u8], "a document in rich text (RTF)", "Have the report written as CSV."),
        ([.. "SQLite format 3\0"u8], "an SQLite database", "Read its table and pipe the rows into the cmdlet, or export them as CSV."),
        ([0x00, 0x01, 0x00, 0x00, .. "Standard "u8], "an Access database", "Export the table as CSV."),
        ([.. "PAR1"u8, 0x15], "a Parquet file", "Export the data as CSV."),
        ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A], "a picture (PNG)", "Have the report written as CSV."),
        ([0xFF, 0xD8, 0xFF], "a picture (JPEG)", "Have the report written as CSV."),
        ([.. "-----BEGIN PGP "u8], "encrypted with PGP", "Decrypt it first."),
    ];

    private readonly string _what;
    private readonly string _advice;

    private FileContent(string what, string advice)
    {
        _what = what;
        _advice = advice;
    }

    /// <summary>Says what a file is that certainly is no CSV; null for anything that can be one.</summary>
    /// <param name="beginning">Its first bytes, without a byte order mark.</param>
    /// <param name="encoding">Its encoding.</param>
    /// <param name="stream">The file, for one whose kind is told by what stands further on.</param>
    public static FileContent? Recognize(ReadOnlySpan<byte> beginning, Encoding encoding, Stream stream)
    {
        if (beginning.StartsWith("PK\u0003\u0004"u8))
        {
            return Archive(stream);
        }

        foreach ((byte[] signature, string what, string advice) in Signatures)
        {
            if (beginning.StartsWith(signature))
            {
                return new FileContent(what, advice);
            }
        }

        string text = TextEncodings.Decode(encoding, beginning.ToArray(), 0, beginning.Length).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        return text.Length == 0 ? null : text[0] switch
        {
            '<' => Markup(text, isCertain: true),
            '{' or '[' => IsJson(text) ? Json() : null,
            _ => null,
        };
    }

    /// <summary>Says what a text is, most likely, in whose first line the columns of the mapping are not; null for what looks like CSV.</summary>
    public static FileContent? Guess(string path, CsvFileOptions options)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        Encoding encoding = TextEncodings.ReadByteOrderMark(stream) ?? options.Encoding ?? Encoding.UTF8;
        byte[] block = new byte[4096];
        string text = TextEncodings.Decode(encoding, block, 0, TextEncodings.ReadFully(stream, block)).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        return text.Length == 0 ? null : text[0] switch
        {
            '<' => Markup(text, isCertain: false),
            '[' when text.Substring(1).TrimStart() is ['"', ..] => Json(),
            _ => null,
        };
    }

    /// <summary>The fault that says so.</summary>
    public InboundProvisioningException Fault(string path) => new("NotCsv", FaultKind.InvalidData, $"{path} is no CSV file: it is {_what}. {_advice}", path);

    private static FileContent Json() => new(
        "JSON", "Pipe its records into the cmdlet: Get-Content <file> -Raw | ConvertFrom-Json | ConvertTo-ScimBulkPayload; where they stand in a property such as value, take that one first.");

    private static FileContent Archive(Stream stream)
    {
        long position = stream.Position;
        try
        {
            stream.Position = 0;
            using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            if (archive.Entries.Any(static entry => entry.FullName.StartsWith("xl/", StringComparison.OrdinalIgnoreCase)))
            {
                return new FileContent("an Excel workbook (.xlsx)", Workbook);
            }

            if (archive.Entries.Any(static entry => entry.FullName is "content.xml" or "[Content_Types].xml"))
            {
                return new FileContent("an office document (a ZIP archive)", "Save its table as CSV in UTF-8.");
            }
        }
        catch (InvalidDataException)
        {
            // Cut off or damaged: an archive all the same.
        }
        finally
        {
            stream.Position = position;
        }

        return new FileContent("a ZIP archive", "Unpack it first, with Expand-Archive for instance.");
    }

    // Certain is what no header of a CSV file begins with; <Name>,<Id> is one.
    private static FileContent? Markup(string text, bool isCertain)
    {
        bool isHtml = Starts(text, "<!doctype html") || Starts(text, "<html");
        if (isHtml || (!isCertain && (Starts(text, "<head") || Starts(text, "<body") || Starts(text, "<table") || Starts(text, "<meta") || Starts(text, "<!--"))))
        {
            return new FileContent(
                "an HTML page" + Title(text),
                "Most likely it is a sign-in or error page that was saved in place of the file, or a table that was saved under the name of a spreadsheet: look at it in a browser, and have the file written as CSV.");
        }

        if (Starts(text, "<?xml"))
        {
            return text.Contains("urn:schemas-microsoft-com:office:spreadsheet")
                ? new FileContent("an Excel workbook in XML", "Save it in Excel as \"CSV UTF-8\".")
                : Xml();
        }

        return !isCertain && text.Contains("</") ? Xml() : null;
    }

    private static FileContent Xml() => new("XML", "Read it with [xml] (Get-Content <file> -Raw), and pipe its records into the cmdlet.");

    private static string Title(string html)
    {
        int start = html.IndexOf("<title", StringComparison.OrdinalIgnoreCase);
        start = start < 0 ? -1 : html.IndexOf('>', start) + 1;
        int end = start <= 0 ? -1 : html.IndexOf("</", start, StringComparison.Ordinal);
        if (end < 0)
        {
            return string.Empty;
        }

        string title = Mapping.ColumnName.Plain(html.Substring(start, end - start));
        return title.Length == 0 ? string.Empty : $" with the title '{(title.Length > LongestTitle ? $"{title.AsSpan(0, LongestTitle).ToString()}..." : title)}'";
    }

    private static bool Starts(string text, string beginning) =>
        text.StartsWith(beginning, StringComparison.OrdinalIgnoreCase)
        && (text.Length == beginning.Length || !char.IsLetterOrDigit(text[beginning.Length]));

    // An object, or an array of objects, up to its first name: that stands in quotes, which inside a field are no CSV. [Id],[Name] is a header.
    private static bool IsJson(string text)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text), isFinalBlock: false, state: default);
        try
        {
            bool isEmpty = true;
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.StartArray when isEmpty:
                    case JsonTokenType.StartObject:
                        isEmpty = reader.TokenType == JsonTokenType.StartArray;
                        continue;
                    case JsonTokenType.PropertyName:
                        return true;
                    case JsonTokenType.EndArray or JsonTokenType.EndObject:
                        return text.Substring((int)reader.BytesConsumed).Trim().Length == 0;
                    default:
                        return false;
                }
            }
        }
        catch (JsonException)
        {
            // Begins like it, and is none.
        }

        return false;
    }
}
