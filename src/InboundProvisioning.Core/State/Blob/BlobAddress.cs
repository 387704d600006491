using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using InboundProvisioning.Authentication;
using InboundProvisioning.Http;

namespace InboundProvisioning.State.Blob;

/// <summary>
/// The URL of a blob, with a shared access signature or without. Only https, and only the hosts of Azure Storage or an emulator on this
/// machine: a token or a signature goes nowhere else.
/// </summary>
internal sealed class BlobAddress
{
    // https://learn.microsoft.com/azure/storage/common/storage-account-overview#standard-endpoints and #azure-dns-zone-endpoints,
    // https://learn.microsoft.com/azure/azure-government/compare-azure-government-global-azure#guidance-for-developers,
    // https://learn.microsoft.com/azure/china/resources-developer-guide#check-endpoints-in-azure
    private static readonly Dictionary<CloudEnvironment, string[]> Suffixes = new()
    {
        [CloudEnvironment.Global] = [".blob.core.windows.net", ".blob.storage.azure.net"],
        [CloudEnvironment.USGov] = [".blob.core.usgovcloudapi.net"],
        [CloudEnvironment.USGovDoD] = [".blob.core.usgovcloudapi.net"],
        [CloudEnvironment.China] = [".blob.core.chinacloudapi.cn"],
    };

    private readonly Uri _uri;

    private BlobAddress(Uri uri)
    {
        _uri = uri;
        Name = uri.GetLeftPart(UriPartial.Path);
    }

    /// <summary>The URL without its query: as it may be shown.</summary>
    public string Name { get; }

    /// <summary>Whether the URL brings its own signature; else a token is needed.</summary>
    public bool HasSignature => _uri.Query.Length > 1;

    /// <summary>The host.</summary>
    public Uri Host => new(_uri.GetLeftPart(UriPartial.Authority));

    /// <summary>
    /// Whether a path is a URL, and no path of a file; also with something before it, such as a quotation mark of a variable: a signature in it
    /// must not come into messages about files.
    /// </summary>
    public static bool IsOne(string path) => Has(path, "https://") || Has(path, "http://");

    /// <summary>Reads a URL.</summary>
    /// <exception cref="InboundProvisioningException"><c>StateUrlInvalid</c>.</exception>
    public static BlobAddress Parse(string url)
    {
        // Variables of a service often end with a line break.
        if (!Uri.TryCreate(url.Trim(), UriKind.Absolute, out Uri? uri) || uri.UserInfo.Length > 0 || uri.Fragment.Length > 0)
        {
            throw Invalid("is no URL of a blob", uri);
        }

        if (uri.Scheme != Uri.UriSchemeHttps)
        {
            throw Invalid("is not https: records of people go over TLS only", uri);
        }

        if (!uri.IsLoopback && !Suffixes.Values.Any(suffixes => EndsWith(uri, suffixes)))
        {
            throw Invalid("is on no host of Azure Storage, and a token or signature goes nowhere else", uri);
        }

        // An emulator has the account in the path: https://learn.microsoft.com/azure/storage/common/storage-connect-azurite
        string[] parts = uri.AbsolutePath.Substring(1).Split('/');
        if (parts.Length < (uri.IsLoopback ? 3 : 2) || parts.Any(static part => part.Length == 0))
        {
            throw Invalid("names no blob in a container", uri);
        }

        return uri.Query.Length <= 1 || uri.Query.TrimStart('?').Split('&').Any(static part => part.StartsWith("sig=", StringComparison.OrdinalIgnoreCase))
            ? new BlobAddress(uri)
            : throw Invalid("has a query that is no shared access signature (it has no sig=)", uri);
    }

    /// <summary>Refuses the host of another cloud than that of the sign-in: it would have to get the token.</summary>
    /// <exception cref="InboundProvisioningException"><c>StateUrlInvalid</c>.</exception>
    public void RequireCloud(CloudEnvironment environment)
    {
        if (!_uri.IsLoopback && !EndsWith(_uri, Suffixes[environment]))
        {
            throw Invalid($"is not in the cloud {environment}, whose storage is *{string.Join(" or *", Suffixes[environment])}, and the token goes nowhere else", _uri);
        }
    }

    /// <summary>The URL, or that of a blob beside it, with the signature.</summary>
    /// <param name="ending">What is put behind its name.</param>
    public Uri WithEnding(string ending) => new UriBuilder(_uri) { Path = _uri.AbsolutePath + ending }.Uri;

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static bool Has(string path, string text) => CultureInfo.InvariantCulture.CompareInfo.IndexOf(path, text, CompareOptions.OrdinalIgnoreCase) >= 0;

    private static bool EndsWith(Uri uri, string[] suffixes) => suffixes.Any(suffix => uri.Host.EndsWith(suffix, StringComparison.OrdinalIgnoreCase));

    private static InboundProvisioningException Invalid(string reason, Uri? uri) => new(
        "StateUrlInvalid",
        FaultKind.InvalidArgument,
        $"The URL of -StatePath{(uri is null ? string.Empty : " on " + uri.Shown())} {reason}. Give one such as https://contoso.blob.core.windows.net/provisioning/contoso.db.",
        "StatePath");
}
