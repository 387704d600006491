using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Threading;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using InboundProvisioning.Authentication;

namespace InboundProvisioning.State.Blob;

/// <summary>
/// A state in a blob of Azure Storage. The lease is its lock, the ETag its version; who holds it stands in its metadata. Copies and what
/// is put aside are blobs beside it.
/// </summary>
/// <remarks>
/// https://learn.microsoft.com/rest/api/storageservices/lease-blob: while a lease is active, whoever does not name it can read the blob, and
/// neither write nor delete it; a lease that has run out can be renewed as long as nobody has written the blob or taken a lease since.
/// </remarks>
internal sealed class BlobStateStore : IStateStore
{
    private const string HostKey = "holderhost";
    private const string ProcessKey = "holderprocess";
    private const string SinceKey = "holdersince";
    private const string TokenKey = "holdertoken";
    private const string WriteKey = "write";

    // Parts of a large state, each of which is tried again by itself.
    private static readonly StorageTransferOptions Transfer = new()
    {
        InitialTransferSize = 8 * 1024 * 1024,
        MaximumTransferSize = 4 * 1024 * 1024,
        MaximumConcurrency = 4,
    };

    private readonly BlobAddress _address;
    private readonly BlobClientOptions _options;
    private readonly TokenCredential? _credential;
    private readonly BlobClient _blob;

    /// <summary>Describes a blob. No call is made.</summary>
    /// <param name="address">Where it is.</param>
    /// <param name="handler">The handler of all calls; it stays the caller's.</param>
    /// <param name="tokens">Tokens for Azure Storage; null where the address has a signature.</param>
    public BlobStateStore(BlobAddress address, HttpMessageHandler handler, ITokenSource? tokens)
    {
        _address = address;
        _credential = tokens is null ? null : new StorageTokenCredential(tokens);

        // How long a call may take is for the client's retries to say.
        var client = new HttpClient(handler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
        _options = new BlobClientOptions
        {
            Transport = new HttpClientTransport(client),
            Retry =
            {
                Mode = RetryMode.Exponential,
                MaxRetries = 3,
                Delay = TimeSpan.FromSeconds(0.5),
                MaxDelay = TimeSpan.FromSeconds(4),
                NetworkTimeout = TimeSpan.FromSeconds(30),
            },
            Diagnostics = { IsLoggingEnabled = false, IsLoggingContentEnabled = false, IsDistributedTracingEnabled = false, IsTelemetryEnabled = false },
        };
        _blob = Client(string.Empty);
    }

    /// <inheritdoc/>
    public string Name => _address.Name;

    /// <inheritdoc/>
    public StoredState? Find(CancellationToken cancellationToken) => Properties(cancellationToken) is { } found
        ? new StoredState(
            found.ETag.ToString(), HolderOf(found.Metadata), found is { LeaseState: LeaseState.Leased, LeaseDuration: LeaseDurationType.Infinite })
        : null;

    /// <inheritdoc/>
    public bool Create(string file, StateHolder holder, CancellationToken cancellationToken)
    {
        string write = Guid.NewGuid().ToString("N");
        return Upload(_blob, file, new BlobRequestConditions { IfNoneMatch = ETag.All }, Metadata(holder, write), cancellationToken) is not null
            || IsWrite(Properties(cancellationToken), write);
    }

    /// <inheritdoc/>
    public LeaseAnswer TakeLease(Guid lease, CancellationToken cancellationToken) => Call<LeaseAnswer?>(
        () =>
        {
            Lease(lease).Acquire(StateKeeper.LeaseTime, cancellationToken: cancellationToken);
            return LeaseAnswer.Taken;
        },
        static fault => fault.ErrorCode == BlobErrorCode.BlobNotFound ? LeaseAnswer.NoState : fault.Status == 409 ? LeaseAnswer.Held : null,
        isWrite: true,
        cancellationToken)!.Value;

    /// <inheritdoc/>
    public bool RenewLease(Guid lease, CancellationToken cancellationToken) => Call<bool?>(
        () =>
        {
            Lease(lease).Renew(cancellationToken: cancellationToken);
            return true;
        },
        static fault => IsLost(fault) ? false : null,
        isWrite: true,
        cancellationToken)!.Value;

    /// <inheritdoc/>
    public void ReleaseLease(Guid lease, CancellationToken cancellationToken) => Call<bool?>(
        () =>
        {
            Lease(lease).Release(cancellationToken: cancellationToken);
            return true;
        },
        static fault => IsLost(fault) ? false : null,
        isWrite: true,
        cancellationToken);

    /// <inheritdoc/>
    public string? Mark(Guid lease, StateHolder holder, CancellationToken cancellationToken) => Call(
        () => _blob.SetMetadata(
            Metadata(holder, Guid.NewGuid().ToString("N")), new BlobRequestConditions { LeaseId = lease.ToString() }, cancellationToken).Value.ETag.ToString(),
        static fault => IsLost(fault) ? string.Empty : null,
        isWrite: true,
        cancellationToken) is { Length: > 0 } version ? version : null;

    /// <inheritdoc/>
    public bool Fetch(string file, string? version, CancellationToken cancellationToken) => Fetch(_blob, file, version, cancellationToken);

    /// <inheritdoc/>
    public string? Write(string file, string version, Guid lease, StateHolder holder, CancellationToken cancellationToken)
    {
        string write = Guid.NewGuid().ToString("N");
        for (int attempt = 1; ; attempt++)
        {
            var conditions = new BlobRequestConditions { IfMatch = new ETag(version), LeaseId = lease.ToString() };
            if (Upload(_blob, file, conditions, Metadata(holder, write), cancellationToken) is string written)
            {
                return written;
            }

            // An answer that was lost: the attempt before had written it. Or that of the time before, which was taken for a fault.
            BlobProperties? found = Properties(cancellationToken);
            if (IsWrite(found, write))
            {
                return found!.ETag.ToString();
            }

            if (attempt > 1 || found is null || HolderOf(found.Metadata)?.Token != holder.Token)
            {
                return null;
            }

            version = found.ETag.ToString();
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<StoredCopy> Copies(CancellationToken cancellationToken)
    {
        var copies = new List<StoredCopy>();
        for (int number = 1; number <= StateCopies.Count; number++)
        {
            string ending = CopyEnding(number);
            if (CopyWrittenOn(Client(ending), cancellationToken) is DateTimeOffset writtenOn)
            {
                copies.Add(new StoredCopy(_address.Name + ending, number, writtenOn));
            }
        }

        return [.. copies.OrderByDescending(static copy => copy.WrittenOn)];
    }

    /// <inheritdoc/>
    public void FetchCopy(StoredCopy copy, string file, CancellationToken cancellationToken) =>
        Fetch(Client(CopyEnding(copy.Number)), file, version: null, cancellationToken);

    /// <inheritdoc/>
    public void WriteCopy(string file, CancellationToken cancellationToken)
    {
        IReadOnlyList<StoredCopy> copies = Copies(cancellationToken);
        int number = Enumerable.Range(1, StateCopies.Count).FirstOrDefault(place => copies.All(copy => copy.Number != place));
        Upload(Client(CopyEnding(number == 0 ? copies[copies.Count - 1].Number : number)), file, conditions: null, metadata: null, cancellationToken);
    }

    /// <inheritdoc/>
    public int DeleteCopies(CancellationToken cancellationToken)
    {
        IReadOnlyList<StoredCopy> copies = Copies(cancellationToken);
        foreach (StoredCopy copy in copies)
        {
            Call<bool?>(
                () => Client(CopyEnding(copy.Number)).DeleteIfExists(DeleteSnapshotsOption.IncludeSnapshots, cancellationToken: cancellationToken).Value,
                static _ => null,
                isWrite: true,
                cancellationToken);
        }

        return copies.Count;
    }

    /// <inheritdoc/>
    public string WriteBeside(string file, string ending, CancellationToken cancellationToken)
    {
        string free = ending;
        for (int number = 2; Upload(Client(free), file, new BlobRequestConditions { IfNoneMatch = ETag.All }, metadata: null, cancellationToken) is null; number++)
        {
            free = ending + "-" + number.ToString(CultureInfo.InvariantCulture);
        }

        return _address.Name + free;
    }

    /// <inheritdoc/>
    public void FetchBeside(string name, string file, CancellationToken cancellationToken) =>
        Fetch(Client(name.Substring(_address.Name.Length)), file, version: null, cancellationToken);

    /// <inheritdoc/>
    public void Remove(Guid? lease, CancellationToken cancellationToken) => Call<bool?>(
        () => _blob.DeleteIfExists(DeleteSnapshotsOption.None, new BlobRequestConditions { LeaseId = lease?.ToString() }, cancellationToken).Value,
        static _ => null,
        isWrite: true,
        cancellationToken);

    private static string CopyEnding(int number) => ".copy" + number.ToString(CultureInfo.InvariantCulture);

    // Another lease, none any more, another version, or no blob.
    private static bool IsLost(RequestFailedException fault) =>
        fault.Status is 409 or 412 || fault.ErrorCode == BlobErrorCode.BlobNotFound;

    private static bool IsWrite(BlobProperties? found, string write) =>
        found is not null && found.Metadata.TryGetValue(WriteKey, out string? last) && last == write;

    // Metadata is ASCII: https://learn.microsoft.com/rest/api/storageservices/naming-and-referencing-containers--blobs--and-metadata
    private static Dictionary<string, string> Metadata(StateHolder holder, string write) => new()
    {
        [HostKey] = Uri.EscapeDataString(holder.Host),
        [ProcessKey] = holder.Process.ToString(CultureInfo.InvariantCulture),
        [SinceKey] = holder.StartedOn.UtcDateTime.ToString("o", CultureInfo.InvariantCulture),
        [TokenKey] = holder.Token.ToString(),
        [WriteKey] = write,
    };

    private static StateHolder? HolderOf(IDictionary<string, string> metadata) =>
        metadata.TryGetValue(HostKey, out string? host)
        && metadata.TryGetValue(ProcessKey, out string? process)
        && int.TryParse(process, NumberStyles.None, CultureInfo.InvariantCulture, out int id)
        && metadata.TryGetValue(SinceKey, out string? since)
        && DateTimeOffset.TryParse(since, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset startedOn)
        && metadata.TryGetValue(TokenKey, out string? token)
        && Guid.TryParse(token, out Guid guid)
            ? new StateHolder(Uri.UnescapeDataString(host), id, startedOn, guid)
            : null;

    private BlobClient Client(string ending)
    {
        Uri uri = _address.WithEnding(ending);
        return _credential is null ? new BlobClient(uri, _options) : new BlobClient(uri, _credential, _options);
    }

    private BlobLeaseClient Lease(Guid lease) => _blob.GetBlobLeaseClient(lease.ToString());

    private BlobProperties? Properties(CancellationToken cancellationToken) => Call<BlobProperties[]>(
        () => [_blob.GetProperties(cancellationToken: cancellationToken).Value],
        static fault => fault.ErrorCode == BlobErrorCode.BlobNotFound ? [] : null,
        isWrite: false,
        cancellationToken).FirstOrDefault();

    // A signature for the state alone does not open copies: there are none then.
    private DateTimeOffset? CopyWrittenOn(BlobClient copy, CancellationToken cancellationToken) => Call<DateTimeOffset?[]>(
        () => [copy.GetProperties(cancellationToken: cancellationToken).Value.LastModified],
        static fault => fault.ErrorCode == BlobErrorCode.BlobNotFound || fault.Status is 401 or 403 ? [] : null,
        isWrite: false,
        cancellationToken).FirstOrDefault();

    private bool Fetch(BlobClient blob, string file, string? version, CancellationToken cancellationToken) => Call<bool?>(
        () =>
        {
            using FileStream stream = StateFile.Open(file, FileMode.Create, FileShare.None);
            blob.DownloadTo(
                stream,
                new BlobDownloadToOptions
                {
                    Conditions = version is null ? null : new BlobRequestConditions { IfMatch = new ETag(version) },
                    TransferOptions = Transfer,
                },
                cancellationToken);
            return true;
        },
        static fault => fault.ErrorCode == BlobErrorCode.BlobNotFound || fault.Status == 412 ? false : null,
        isWrite: false,
        cancellationToken)!.Value;

    private string? Upload(
        BlobClient blob, string file, BlobRequestConditions? conditions, IDictionary<string, string>? metadata, CancellationToken cancellationToken) => Call(
        () =>
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read);
            return blob.Upload(
                stream,
                new BlobUploadOptions
                {
                    Conditions = conditions,
                    Metadata = metadata,
                    TransferOptions = Transfer,
                    HttpHeaders = new BlobHttpHeaders { ContentType = "application/vnd.sqlite3" },
                },
                cancellationToken).Value.ETag.ToString();
        },
        fault => conditions is not null && IsLost(fault) ? string.Empty : null,
        isWrite: true,
        cancellationToken) is { Length: > 0 } version ? version : null;

    // What the service refuses may be an answer of its own; else it is a fault.
    private T Call<T>(Func<T> call, Func<RequestFailedException, T?> answer, bool isWrite, CancellationToken cancellationToken)
    {
        try
        {
            return call();
        }
        catch (RequestFailedException fault) when (fault.Status > 0 && answer(fault) is { } found)
        {
            return found;
        }
        catch (Exception fault) when (BlobFault.IsOne(fault, cancellationToken))
        {
            throw BlobFault.From(fault, _address, isWrite);
        }
    }
}
