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

    private static int ReadFully(Stream stream, byte[] buffer)
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
