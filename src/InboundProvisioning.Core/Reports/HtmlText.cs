using System.Text;

namespace InboundProvisioning.Reports;

/// <summary>Text of anybody as text of HTML, between tags and in quoted attributes alike.</summary>
internal static class HtmlText
{
    /// <summary>Encodes a text.</summary>
    public static string Of(string? text, int longest = int.MaxValue)
    {
        string shown = VisibleText.Of(text, longest);
        var encoded = new StringBuilder(shown.Length + 16);
        foreach (char character in shown)
        {
            switch (character)
            {
                case '<':
                    encoded.Append("&lt;");
                    break;
                case '>':
                    encoded.Append("&gt;");
                    break;
                case '&':
                    encoded.Append("&amp;");
                    break;
                case '"':
                    encoded.Append("&quot;");
                    break;
                case '\'':
                    encoded.Append("&#39;");
                    break;
                default:
                    encoded.Append(character);
                    break;
            }
        }

        return encoded.ToString();
    }

    /// <summary>A value of the source, cut and kept from turning the text around it.</summary>
    public static string Value(string? text) => string.IsNullOrEmpty(text) ? string.Empty : "<bdi>" + Of(text, VisibleText.Longest) + "</bdi>";
}
