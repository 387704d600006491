using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using Azure.Core.Pipeline;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Sas;

namespace InboundProvisioning.Azurite;

/// <summary>
/// Azurite, Azure Storage's emulator, in a process of its own, on https and on this machine alone. It calls nobody
/// (<c>--disableTelemetry</c>), and what it keeps goes with it.
/// </summary>
public sealed class AzuriteServer : IAsyncDisposable
{
    /// <summary>What the tests that need it say where it is not there.</summary>
    public const string Missing = "Azurite was not found (npm install --global azurite).";

    private const string Program = "azurite-blob";
    private const string Account = "devstoreaccount1";

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("InboundProvisioning.Azurite-").FullName;
    private readonly string _key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(64));
    private readonly int _port = FreePort();
    private readonly HttpClient _client;
    private Process? _process;

    private AzuriteServer(string rootCertificatePath)
    {
        X509Certificate2 root = X509CertificateLoader.LoadCertificateFromFile(rootCertificatePath);
        _client = new HttpClient(new SocketsHttpHandler
        {
            SslOptions =
            {
                CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    CustomTrustStore = { root },
                    RevocationMode = X509RevocationMode.NoCheck,
                },
            },
        });
    }

    /// <summary>Whether it is installed.</summary>
    public static bool IsInstalled { get; } = ProgramPath is not null;

    /// <summary>The certificate of the server and its key are put here before it starts.</summary>
    public string CertificatePath => Path.Combine(_folder, "server.pem");

    /// <summary>The key of the certificate.</summary>
    public string KeyPath => Path.Combine(_folder, "server.key");

    private static string? ProgramPath => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? Program + ".cmd" : Program))
        .FirstOrDefault(File.Exists);

    private string AccountUrl => $"https://127.0.0.1:{_port}/{Account}";

    private BlobClientOptions Options => new() { Transport = new HttpClientTransport(_client), Retry = { MaxRetries = 0 } };

    private StorageSharedKeyCredential Key => new(Account, _key);

    /// <summary>Starts it.</summary>
    /// <param name="rootCertificatePath">The root that its certificate ends in.</param>
    /// <param name="writeCertificate">Writes a certificate and its key to two files.</param>
    public static async Task<AzuriteServer> StartAsync(string rootCertificatePath, Action<string, string> writeCertificate)
    {
        var server = new AzuriteServer(rootCertificatePath);
        writeCertificate(server.CertificatePath, server.KeyPath);
        await server.StartAsync();
        return server;
    }

    /// <summary>Starts it again after <see cref="StopAsync"/>, with what it kept.</summary>
    public async Task StartAsync()
    {
        var start = new ProcessStartInfo(ProgramPath!)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["AZURITE_ACCOUNTS"] = $"{Account}:{_key}" },
        };
        foreach (string argument in (string[])
            [
                "--blobHost", "127.0.0.1", "--blobPort", _port.ToString(System.Globalization.CultureInfo.InvariantCulture), "--location", Path.Combine(_folder, "data"), "--silent",
                "--skipApiVersionCheck", "--disableTelemetry", "--cert", CertificatePath, "--key", KeyPath, "--oauth", "basic",
            ])
        {
            start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start)!;
        _process.OutputDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
        string errors = string.Empty;
        _process.ErrorDataReceived += (_, line) => errors += line.Data;
        _process.BeginErrorReadLine();
        var clock = Stopwatch.StartNew();
        while (!await ListensAsync())
        {
            if (_process.HasExited || clock.Elapsed > Longest)
            {
                throw new InvalidOperationException("Azurite does not start: " + errors);
            }

            await Task.Delay(50);
        }
    }

    /// <summary>Ends it; connections are refused from then on.</summary>
    public async Task StopAsync()
    {
        if (_process is { HasExited: false } process)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        _process?.Dispose();
        _process = null;
    }

    /// <summary>Makes a container.</summary>
    public Task CreateContainerAsync(string container) => Container(container).CreateAsync();

    /// <summary>The URL of a blob, without a signature.</summary>
    public string Url(string container, string blob) => $"{AccountUrl}/{container}/{blob}";

    /// <summary>The URL of a blob with a signature that lets its holder read, create, write and delete in the container for a day.</summary>
    public string SignedUrl(string container, string blob, BlobContainerSasPermissions? permissions = null)
    {
        var sas = new BlobSasBuilder(
            permissions ?? (BlobContainerSasPermissions.Read | BlobContainerSasPermissions.Create | BlobContainerSasPermissions.Write | BlobContainerSasPermissions.Delete),
            DateTimeOffset.UtcNow.AddDays(1))
        {
            BlobContainerName = container,
        };
        return Url(container, blob) + "?" + sas.ToSasQueryParameters(Key);
    }

    /// <summary>The URL of a blob with a signature for this blob alone.</summary>
    public string SignedBlobUrl(string container, string blob)
    {
        var sas = new BlobSasBuilder(BlobSasPermissions.Read | BlobSasPermissions.Create | BlobSasPermissions.Write, DateTimeOffset.UtcNow.AddDays(1))
        {
            BlobContainerName = container,
            BlobName = blob,
        };
        return Url(container, blob) + "?" + sas.ToSasQueryParameters(Key);
    }

    /// <summary>The account's own way to a blob.</summary>
    public BlobClient Blob(string container, string blob) => Container(container).GetBlobClient(blob);

    /// <summary>The account's own way to a container.</summary>
    public BlobContainerClient Container(string container) => new(new Uri($"{AccountUrl}/{container}"), Key, Options);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _client.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<bool> ListensAsync()
    {
        try
        {
            using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            using HttpResponseMessage answer = await _client.GetAsync(new Uri(AccountUrl), timeout.Token);
            return true;
        }
        catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
