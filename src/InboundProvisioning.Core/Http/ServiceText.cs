using System.Text.RegularExpressions;

namespace InboundProvisioning.Http;

/// <summary>Text of an answer, for a message of ours: whoever made the answer must neither steer a terminal nor fill it.</summary>
internal static class ServiceText
{
    /// <summary>The text in one line, without control and format characters; a long one is cut.</summary>
    /// <param name="text">The text as it came.</param>
    /// <param name="most">The most characters that are shown of it.</param>
    public static string Line(string text, int most)
    {
        string line = Regex.Replace(text, @"[\s\p{Cc}\p{Cf}]+", " ").Trim();
        if (line.Length <= most)
        {
            return line;
        }

        return string.Concat(line.Substring(0, char.IsHighSurrogate(line[most - 1]) ? most - 1 : most), "...");
    }
}
