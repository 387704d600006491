using System;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace InboundProvisioning.Http;

/// <summary>Describes an answer that the service has not made: a proxy, a gateway or a sign-in page in between.</summary>
internal static class ForeignAnswer
{
    // The head of a page, and a title that stays readable in a message.
    private const int HeadLength = 64 * 1024;
    private const int TitleLength = 100;

    /// <summary>What is to be said of it, with the title of its page.</summary>
    /// <param name="body">The body, or its beginning.</param>
    public static string Describe(byte[] body) =>
        "The answer is not Microsoft Graph's: a proxy or gateway on the way may have made it"
        + (TitleOf(body) is string title ? $" (its page: '{title}')." : ".")
        + " Check -Proxy, -ProxyCredential and -GraphEndpoint, or ask who runs the network.";

    /// <summary>Whether a body is a page, whatever its headers say.</summary>
    public static bool IsPage(byte[] body) => Head(body).TrimStart('\uFEFF', ' ', '\t', '\r', '\n') is ['<', ..];

    /// <summary>What came, for an answer that is not understood.</summary>
    public static string Kind(byte[] body) =>
        body.Length == 0 ? "without a body"
        : !IsPage(body) ? "with a body of another kind"
        : TitleOf(body) is string title ? $"with a page, '{title}'"
        : "with a page";

    private static string? TitleOf(byte[] body)
    {
        Match match = Regex.Match(Head(body), "<title[^>]*>([^<]*)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        string title = ServiceText.Line(WebUtility.HtmlDecode(match.Groups[1].Value), TitleLength);
        return title.Length == 0 ? null : title;
    }

    private static string Head(byte[] body) => Encoding.UTF8.GetString(body, 0, Math.Min(body.Length, HeadLength));
}
