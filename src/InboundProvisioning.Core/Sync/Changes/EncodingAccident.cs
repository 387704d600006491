using System;
using System.Text;
using InboundProvisioning.Records;

namespace InboundProvisioning.Sync.Changes;

/// <summary>Tells a value that was read in the wrong encoding, beside the right one.</summary>
internal static class EncodingAccident
{
    private static readonly Encoding Latin1 = Encoding.GetEncoding(28591);

    /// <summary>Whether one value is what the other becomes: UTF-8 read as Latin-1 or the reverse, or with characters lost.</summary>
    /// <param name="old">The JSON token before, or null.</param>
    /// <param name="now">The JSON token now, or null.</param>
    public static bool Is(byte[]? old, byte[]? now)
    {
        if (old is null || now is null || (IsAscii(old) && IsAscii(now)) || UserRecord.TextOf(old) is not string before || UserRecord.TextOf(now) is not string after)
        {
            return false;
        }

        return IsMisread(before, after) || IsMisread(after, before) || (HasLoss(after) && !HasLoss(before));
    }

    private static bool HasLoss(string text) => text.AsSpan().IndexOf('\uFFFD') >= 0;

    private static bool IsMisread(string right, string misread) =>
        misread.Length > right.Length && Latin1.GetString(Encoding.UTF8.GetBytes(right)) == misread;

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
