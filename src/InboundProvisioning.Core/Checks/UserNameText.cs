using System;
using System.Text;

namespace InboundProvisioning.Checks;

/// <summary>
/// Sign-in names by the policy of Entra ID: https://learn.microsoft.com/entra/identity/authentication/concept-sspr-policy#username-policies.
/// </summary>
internal static class UserNameText
{
    /// <summary>The most characters before the @.</summary>
    public const int MostBeforeAt = 64;

    /// <summary>The most characters behind the @.</summary>
    public const int MostBehindAt = 48;

    private static readonly AsciiSet Allowed = new("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'.-_!#^~");

    /// <summary>The first character of a name that may not be in it, as it is shown; null where there is none.</summary>
    /// <param name="name">What stands before the last @.</param>
    public static string? FirstForbidden(ReadOnlySpan<byte> name)
    {
        for (int i = 0; i < name.Length; i++)
        {
            if (!Allowed.Contains(name[i]))
            {
                return Shown(name.Slice(i));
            }
        }

        // "Can't contain a period character immediately preceding the @ symbol".
        return name.Length > 0 && name[name.Length - 1] == (byte)'.' ? "a period at the end of the name" : null;
    }

    /// <summary>Whether a text is a name of the domain name system with two labels at the least: "Routable domains must be used".</summary>
    public static bool IsDomain(ReadOnlySpan<byte> text)
    {
        int label = 0;
        int dots = 0;
        for (int i = 0; i < text.Length; i++)
        {
            byte one = text[i];
            if (one == (byte)'.')
            {
                if (label == 0)
                {
                    return false;
                }

                label = 0;
                dots++;
            }
            else if (one is (>= (byte)'a' and <= (byte)'z') or (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'0' and <= (byte)'9') or (byte)'-' or (byte)'_')
            {
                label++;
            }
            else
            {
                return false;
            }
        }

        return dots > 0 && label > 0;
    }

    private static string Shown(ReadOnlySpan<byte> text)
    {
        int length = text[0] < 0x80 ? 1 : text[0] >= 0xF0 ? 4 : text[0] >= 0xE0 ? 3 : 2;
        string letter = Encoding.UTF8.GetString(text.Slice(0, Math.Min(length, text.Length)).ToArray());
        return letter == " " ? "a blank" : letter.Length == 1 && char.IsControl(letter[0]) ? "a control character" : $"'{letter}'";
    }
}
