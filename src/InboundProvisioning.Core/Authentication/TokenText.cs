namespace InboundProvisioning.Authentication;

/// <summary>The characters of a token: anything else would end up in a header or a form.</summary>
internal static class TokenText
{
    /// <summary>Whether a text has only characters that a token may have: printable ASCII without the space.</summary>
    public static bool IsOne(string text)
    {
        foreach (char c in text)
        {
            if (c is <= ' ' or >= (char)0x7F)
            {
                return false;
            }
        }

        return text.Length > 0;
    }
}
