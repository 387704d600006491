using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Security.Authentication;
using System.Threading;
using Polly.Timeout;

namespace InboundProvisioning.Http;

/// <summary>Calls that ended without an answer: no connection, a dropped one, a timeout, a server that is not trusted, a broken body.</summary>
internal static class ConnectionFault
{
    // The decompression's own words are about archives.
    private const string NotDecompressed = "its body is not compressed as its header Content-Encoding says";

    /// <summary>Whether a call ended so, and not because the user stopped it.</summary>
    public static bool IsOne(Exception fault, CancellationToken stop) => !stop.IsCancellationRequested
        && fault is HttpRequestException or IOException or InvalidDataException or TimeoutRejectedException or OperationCanceledException or WebException;

    /// <summary>Whether the same call may succeed later.</summary>
    public static bool MayPass(Exception fault, CancellationToken stop) =>
        IsOne(fault, stop) && !IsTrust(fault) && !IsProxyAuthentication(fault);

    /// <summary>The fault to report.</summary>
    /// <param name="fault">What the call ended with.</param>
    /// <param name="service">The service that was called.</param>
    public static InboundProvisioningException From(Exception fault, Uri service)
    {
        string host = service.Authority;
        if (IsTrust(fault))
        {
            return new InboundProvisioningException(
                "ServerNotTrusted",
                FaultKind.Connection,
                $"The TLS certificate of '{host}' is not trusted: {Innermost(fault)} For a private endpoint, give its root with -TrustedRootCertificatePath.",
                host);
        }

        if (IsProxyAuthentication(fault))
        {
            return new InboundProvisioningException(
                "ProxyAuthenticationRequired",
                FaultKind.Connection,
                $"The proxy on the way to '{host}' wants a sign-in (407). Give it with -ProxyCredential.",
                host);
        }

        if (fault is InvalidDataException)
        {
            return new InboundProvisioningException(
                "ServiceUnreachable",
                FaultKind.Connection,
                $"'{host}' answered, but {NotDecompressed}: a proxy or gateway on the way may have broken it. Check the network, -Proxy and -Environment.",
                host);
        }

        return fault is TimeoutRejectedException or OperationCanceledException
            ? new InboundProvisioningException(
                "ServiceTimeout", FaultKind.Connection, $"'{host}' did not answer in time.", host)
            : new InboundProvisioningException(
                "ServiceUnreachable",
                FaultKind.Connection,
                $"'{host}' could not be reached, or the connection was dropped: {Innermost(fault)} Check the network, -Proxy and -Environment.",
                host);
    }

    /// <summary>A few words on the fault, for the notice of a retry.</summary>
    public static string Reason(Exception fault) =>
        fault switch
    {
        TimeoutRejectedException or OperationCanceledException => "no answer in time",
        InvalidDataException => NotDecompressed,
        _ => Innermost(fault),
    };

    private static bool IsTrust(Exception fault)
    {
        for (Exception? cause = fault; cause is not null; cause = cause.InnerException)
        {
            if (cause is AuthenticationException or WebException { Status: WebExceptionStatus.TrustFailure })
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsProxyAuthentication(Exception fault)
    {
        for (Exception? cause = fault; cause is not null; cause = cause.InnerException)
        {
#if NET8_0_OR_GREATER
            if (cause is HttpRequestException { StatusCode: HttpStatusCode.ProxyAuthenticationRequired })
            {
                return true;
            }
#endif
            if (cause is WebException { Response: HttpWebResponse { StatusCode: HttpStatusCode.ProxyAuthenticationRequired } })
            {
                return true;
            }
        }

        return fault.Message.Contains("'407'");
    }

    // The outer exceptions of HttpClient say only that something went wrong.
    private static string Innermost(Exception fault)
    {
        Exception cause = fault;
        while (cause.InnerException is not null)
        {
            cause = cause.InnerException;
        }

        return cause.Message.Trim().TrimEnd('.') + ".";
    }
}
