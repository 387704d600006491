using System;
using InboundProvisioning.Records;

namespace InboundProvisioning.Sync.Changes;

/// <summary>Tells a value that was read in the wrong encoding, beside the right one.</summary>
internal static class EncodingAccident
{
    /// <summary>Whether the new value is what the old one becomes: UTF-8 read as a code page, or with characters lost.</summary>
    /// <param name="old">The JSON token before, or null.</param>
    /// <param name="now">The JSON token now, or null.</param>
    public static bool Is(byte[]? old, byte[]? now) =>
        Texts(old, now, out string before, out string after) && (IsMisread(before, after) || (HasLoss(after) && !HasLoss(before)));

    /// <summary>Whether the old value is what the new one becomes.</summary>
    /// <inheritdoc cref="Is"/>
    public static bool IsMended(byte[]? old, byte[]? now) => Texts(old, now, out string before, out string after) && IsMisread(after, before);

    private static bool Texts(byte[]? old, byte[]? now, out string before, out string after)
    {
        before = after = string.Empty;
        if (old is null || now is null || (IsAscii(old) && IsAscii(now)) || UserRecord.TextOf(old) is not string was || UserRecord.TextOf(now) is not string becomes)
        {
            return false;
        }

        (before, after) = (was, becomes);
        return true;
    }

    private static bool HasLoss(string text) => text.AsSpan().IndexOf('\uFFFD') >= 0;

    // Whichever code page of one byte it was: ASCII stays, and each byte of another character becomes a character that is not ASCII.
    private static bool IsMisread(string right, string misread)
    {
        if (misread.Length <= right.Length)
        {
            return false;
        }

        int at = 0;
        foreach (char one in right)
        {
            // Each half of a surrogate pair is two of its four bytes.
            int bytes = one < 0x80 ? 0 : one < 0x800 || char.IsSurrogate(one) ? 2 : 3;
            if (at + Math.Max(bytes, 1) > misread.Length || (bytes == 0 && misread[at++] != one))
            {
                return false;
            }

            for (; bytes > 0; bytes--)
            {
                if (misread[at++] < 0x80)
                {
                    return false;
                }
            }
        }

        return at == misread.Length;
    }

    private static bool IsAscii(byte[] token)
    {
        foreach (byte one in token)
        {
            if (one >= 0x80)
            {
                return false;
            }
        }

        return true;
    }
}
