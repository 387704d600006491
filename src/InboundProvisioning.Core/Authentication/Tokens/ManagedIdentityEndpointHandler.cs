using System;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace InboundProvisioning.Authentication.Tokens;

/// <summary>
/// Lets calls for a managed identity go to this machine only where they are plain http: the environment (IDENTITY_ENDPOINT,
/// MSI_ENDPOINT, IMDS_ENDPOINT and others) says where its endpoint is, and the answer is a token. Endpoints are on loopback, or on
/// the link-local address of the instance metadata service:
/// https://learn.microsoft.com/azure/virtual-machines/instance-metadata-service.
/// </summary>
internal sealed class ManagedIdentityEndpointHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    /// <summary>Whether an endpoint may be called.</summary>
    public static bool IsAllowed(Uri endpoint) => endpoint.Scheme == Uri.UriSchemeHttps || (endpoint.Scheme == Uri.UriSchemeHttp && IsOnThisMachine(endpoint));

    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        IsAllowed(request.RequestUri!)
            ? base.SendAsync(request, cancellationToken)
            : throw new InboundProvisioningException(
                "ManagedIdentityEndpointRefused",
                FaultKind.Authentication,
                $"The environment names http://{request.RequestUri!.Authority} as the endpoint of the managed identity. Plain http is used for endpoints of this "
                    + "machine only (loopback and link-local). Correct IDENTITY_ENDPOINT, MSI_ENDPOINT, IMDS_ENDPOINT or AZURE_POD_IDENTITY_AUTHORITY_HOST.",
                request.RequestUri.Authority);

    private static bool IsOnThisMachine(Uri endpoint)
    {
        // Not by name, localhost excepted: a name can lead anywhere.
        if (!IPAddress.TryParse(endpoint.DnsSafeHost, out IPAddress? address))
        {
            return string.Equals(endpoint.Host, "localhost", StringComparison.OrdinalIgnoreCase);
        }

        byte[] bytes = address.GetAddressBytes();
        return IPAddress.IsLoopback(address)
            || (address.AddressFamily == AddressFamily.InterNetwork && bytes[0] == 169 && bytes[1] == 254)
            || address.IsIPv6LinkLocal;
    }
}
