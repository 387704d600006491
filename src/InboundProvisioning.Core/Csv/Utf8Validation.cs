using System;
using System.Text;

namespace InboundProvisioning.Csv;

/// <summary>Tells whether bytes are well-formed UTF-8. RFC 3629.</summary>
internal static class Utf8Validation
{
#if NET8_0_OR_GREATER
    public static bool IsValid(ReadOnlySpan<byte> bytes) =>
        Ascii.IsValid(bytes) || System.Text.Unicode.Utf8.IsValid(bytes);
#else
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static bool IsValid(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<ulong> words = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, ulong>(bytes);
        int at = 0;
        while (at < words.Length && (words[at] & 0x8080_8080_8080_8080) == 0)
        {
            at++;
        }

        at *= sizeof(ulong);
        while (at < bytes.Length && bytes[at] < 0x80)
        {
            at++;
        }

        return at == bytes.Length || IsValidSlow(bytes.Slice(at).ToArray());
    }

    private static bool IsValidSlow(byte[] bytes)
    {
        try
        {
            Strict.GetCharCount(bytes);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
#endif
}
