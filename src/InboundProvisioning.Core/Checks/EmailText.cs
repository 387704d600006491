using System;

namespace InboundProvisioning.Checks;

/// <summary>E-mail addresses, as far as a directory cares: RFC 5321 without its quoted forms, which no HR system has.</summary>
internal static class EmailText
{
    private static readonly AsciiSet Forbidden = new(" <>()[];,\\\":\t\r\n");

    /// <summary>Whether a text is an address.</summary>
    public static bool IsAddress(ReadOnlySpan<byte> text)
    {
        int at = text.IndexOf((byte)'@');
        if (at <= 0 || at == text.Length - 1 || !IsAscii(text) || Forbidden.IndexIn(text) >= 0)
        {
            return false;
        }

        ReadOnlySpan<byte> domain = text.Slice(at + 1);
        return domain.IndexOf((byte)'@') < 0 && UserNameText.IsDomain(domain);
    }

    /// <summary>Whether a text has no letter beyond ASCII.</summary>
    public static bool IsAscii(ReadOnlySpan<byte> text)
    {
        foreach (byte one in text)
        {
            if (one >= 0x80)
            {
                return false;
            }
        }

        return true;
    }
}
