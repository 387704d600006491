using System.Net;
using System.Security;

namespace InboundProvisioning.Core.Tests.Authentication;

/// <summary>Secure strings for tests.</summary>
internal static class Secrets
{
    public static SecureString Of(string text) => new NetworkCredential(string.Empty, text).SecurePassword;
}
