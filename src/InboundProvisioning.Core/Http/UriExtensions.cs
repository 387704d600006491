using System;

namespace InboundProvisioning.Http;

internal static class UriExtensions
{
    /// <summary>A URL as an error may show it: scheme and server. User name, path and query may hold secrets.</summary>
    public static string Shown(this Uri uri) => uri.IsAbsoluteUri && uri.Host.Length > 0
        ? $"'{uri.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)}'"
        : "(not an absolute URL)";
}
