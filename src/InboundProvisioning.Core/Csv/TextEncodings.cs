using System;
using System.IO;
using System.Text;

namespace InboundProvisioning.Csv;

/// <summary>Finds out how a file is encoded and names encodings.</summary>
public static class TextEncodings
{
    /// <summary>
    /// The encoding of a name as PowerShell, .NET or the IANA register spell it (utf8, unicode, windows-1252), or of a code page
    /// number.
    /// </summary>
    /// <exception cref="InboundProvisioningException">There is no such encoding.</exception>
    public static Encoding Parse(string name)
    {
        try
        {
            return name.ToUpperInvariant() switch
            {
                "UTF8" or "UTF8BOM" or "UTF8NOBOM" or "UTF-8" => new UTF8Encoding(),
                "UNICODE" or "UTF16" => Encoding.Unicode,
                "BIGENDIANUNICODE" => Encoding.BigEndianUnicode,
                "UTF32" => Encoding.UTF32,
                "LATIN1" => Get("iso-8859-1"),
                "ANSI" or "DEFAULT" => Get(System.Globalization.CultureInfo.CurrentCulture.TextInfo.ANSICodePage),
                "OEM" => Get(System.Globalization.CultureInfo.CurrentCulture.TextInfo.OEMCodePage),
                _ => int.TryParse(name, out int codePage) ? Get(codePage) : Get(name),
            };
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            throw new InboundProvisioningException(
                "UnknownEncoding",
                FaultKind.InvalidArgument,
                $"There is no encoding '{name}'. Give a name such as utf8, unicode, latin1 or windows-1252, or the number of a code page.",
                name,
                exception);
        }
    }

    /// <summary>The encoding that a byte order mark at the start of a file tells, or null when there is none.</summary>
    /// <param name="stream">A stream at its start; it is left after the mark, or at its start.</param>
    internal static Encoding? ReadByteOrderMark(Stream stream)
    {
        byte[] start = new byte[4];
        int count = ReadFully(stream, start);
        (Encoding? encoding, int length) = (count, start) switch
        {
            ( >= 3, [0xEF, 0xBB, 0xBF, _]) => ((Encoding)new UTF8Encoding(), 3),
            (4, [0xFF, 0xFE, 0, 0]) => (new UTF32Encoding(bigEndian: false, byteOrderMark: true, throwOnInvalidCharacters: true), 4),
            (4, [0, 0, 0xFE, 0xFF]) => (new UTF32Encoding(bigEndian: true, byteOrderMark: true, throwOnInvalidCharacters: true), 4),
            ( >= 2, [0xFF, 0xFE, _, _]) => (new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true), 2),
            ( >= 2, [0xFE, 0xFF, _, _]) => (new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true), 2),
            _ => (null, 0),
        };
        stream.Position = length;
        return encoding;
    }

    /// <summary>The same encoding, but failing where it would else put a replacement character.</summary>
    internal static Encoding Strict(Encoding encoding)
    {
        var strict = (Encoding)encoding.Clone();
        strict.DecoderFallback = DecoderFallback.ExceptionFallback;
        return strict;
    }

    /// <summary>The text of some bytes that may begin or end amid a character, or hold what the encoding does not have.</summary>
    internal static string Decode(Encoding encoding, byte[] bytes, int start, int length)
    {
        var lenient = (Encoding)encoding.Clone();
        lenient.DecoderFallback = DecoderFallback.ReplacementFallback;
        return lenient.GetString(bytes, start, length);
    }

    /// <summary>
    /// The encoding of text without a byte order mark that is full of NUL bytes, as -Encoding spells it, or null: half of the bytes of
    /// Western text in UTF-16 are NUL, three quarters of those in UTF-32.
    /// </summary>
    internal static string? GuessByNuls(ReadOnlySpan<byte> text)
    {
        Span<int> nuls = stackalloc int[4];
        nuls.Clear();
        for (int i = 0; i < text.Length; i++)
        {
            nuls[i % 4] += text[i] == 0 ? 1 : 0;
        }

        int few = text.Length / 40;
        int many = text.Length / 20;
        return (nuls[0] > many, nuls[1] > many, nuls[2] > many, nuls[3] > many) switch
        {
            (false, true, true, true) when nuls[0] <= few => "UTF32",
            (true, true, true, false) when nuls[3] <= few => "utf-32BE",
            (false, true, false, true) when nuls[0] <= few && nuls[2] <= few => "Unicode",
            (true, false, true, false) when nuls[1] <= few && nuls[3] <= few => "BigEndianUnicode",
            _ => null,
        };
    }

    /// <summary>Reads until the buffer is full or the stream ends.</summary>
    internal static int ReadFully(Stream stream, byte[] buffer)
    {
        int total = 0;
        int count;
        while (total < buffer.Length && (count = stream.Read(buffer, total, buffer.Length - total)) > 0)
        {
            total += count;
        }

        return total;
    }

#if NET8_0_OR_GREATER
    private static Encoding Get(string name) =>
        CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);

    private static Encoding Get(int codePage) =>
        CodePagesEncodingProvider.Instance.GetEncoding(codePage) ?? Encoding.GetEncoding(codePage);
#else
    private static Encoding Get(string name) => Encoding.GetEncoding(name);

    private static Encoding Get(int codePage) => Encoding.GetEncoding(codePage);
#endif
}
