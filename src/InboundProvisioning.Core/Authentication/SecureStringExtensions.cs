using System.Net;
using System.Security;

namespace InboundProvisioning.Authentication;

/// <summary>Reading a SecureString at the last moment before its text is used.</summary>
internal static class SecureStringExtensions
{
    /// <summary>The text; the caller keeps it no longer than it must.</summary>
    public static string Reveal(this SecureString secret) => new NetworkCredential(string.Empty, secret).Password;
}
