using System;
using System.Net.Http;
using InboundProvisioning.Graph;
using InboundProvisioning.Http;

namespace InboundProvisioning.State.Blob;

/// <summary>States in blobs of Azure Storage.</summary>
public static class BlobStates
{
    // The same in each cloud: https://learn.microsoft.com/rest/api/storageservices/authorize-with-azure-active-directory
    private const string StorageResource = "https://storage.azure.com";

    /// <summary>Whether a state path is the URL of a blob, and no path of a file.</summary>
    public static bool IsUrl(string path) => BlobAddress.IsOne(path);

    /// <summary>A URL as it may be shown, whatever is wrong with it: scheme, host and path.</summary>
    public static string Shown(string url) => Uri.TryCreate(url, UriKind.Absolute, out Uri? uri)
        ? uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)
        : "(a URL)";

    /// <summary>A state in a blob. No call is made.</summary>
    /// <param name="url">The URL of the blob, with a shared access signature or without.</param>
    /// <param name="connection">Who signs in where the URL has no signature, and the way there; null for the system's.</param>
    /// <exception cref="InboundProvisioningException"><c>StateUrlInvalid</c>, <c>NotConnected</c>, <c>StorageTokenMissing</c>.</exception>
    public static StateLocation Locate(string url, ServiceConnection? connection)
    {
        var address = BlobAddress.Parse(url);
        if (!address.HasSignature)
        {
            if (connection is null)
            {
                throw new InboundProvisioningException(
                    "NotConnected",
                    FaultKind.Authentication,
                    $"The state {address.Name} needs a sign-in. Run Connect-InboundProvisioning first, or give -StatePath the URL with a shared access signature.");
            }

            address.RequireCloud(connection.Endpoints.Environment);
        }

        HttpMessageHandler handler = connection?.Handler ?? ServiceHttpHandler.Create();
        return StateLocation.OfStore(new BlobStateStore(address, handler, address.HasSignature ? null : connection!.TokensFor(StorageResource)));
    }
}
