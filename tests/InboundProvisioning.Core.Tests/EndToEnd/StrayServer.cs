using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Core.Tests.Support;

namespace InboundProvisioning.Core.Tests.EndToEnd;

/// <summary>An HTTPS server that is not the service: it answers each call with what it is given, byte by byte, and closes the connection.</summary>
internal sealed class StrayServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly TemporaryDirectory _folder = new();
    private readonly X509Certificate2 _certificate = SelfSigned();
    private readonly Func<int, Stream, Task> _answer;
    private int _calls;

    /// <param name="answer">Writes the answer to a call, which is known by its number from 1.</param>
    public StrayServer(Func<int, Stream, Task> answer)
    {
        _answer = answer;
        RootPath = Path.Combine(_folder.Path, "root.pem");
        File.WriteAllText(RootPath, _certificate.ExportCertificatePem());
        _listener.Start();
        _ = AcceptAsync();
    }

    public StrayServer(string status, string body, string contentType = "text/html")
        : this((_, stream) => WriteAsync(stream, status, body, contentType))
    {
    }

    public Uri Address => new($"https://localhost:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>The certificate to trust.</summary>
    public string RootPath { get; }

    public int Calls => Volatile.Read(ref _calls);

    /// <summary>Writes an answer with its length.</summary>
    public static async Task WriteAsync(Stream stream, string status, string body, string contentType = "text/html")
    {
        byte[] content = Encoding.UTF8.GetBytes(body);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"HTTP/1.1 {status}\r\nContent-Type: {contentType}\r\nContent-Length: {content.Length}\r\nConnection: close\r\n\r\n"));
        await stream.WriteAsync(content);
    }

    /// <summary>Writes an answer of so many megabytes, in chunks, until the client has enough. Gives the megabytes that it took.</summary>
    public static async Task<int> WriteEndlessAsync(Stream stream, string status, int megabytes)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"));
        byte[] chunk = [.. "100000\r\n"u8, .. Enumerable.Repeat((byte)' ', 1024 * 1024), .. "\r\n"u8];
        for (int i = 0; i < megabytes; i++)
        {
            try
            {
                await stream.WriteAsync(chunk);
            }
            catch (IOException)
            {
                return i;
            }
        }

        await stream.WriteAsync("0\r\n\r\n"u8.ToArray());
        return megabytes;
    }

    public void Dispose()
    {
        _listener.Dispose();
        _certificate.Dispose();
        _folder.Dispose();
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync();
                _ = ServeAsync(client);
            }
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                using var stream = new SslStream(client.GetStream());
                await stream.AuthenticateAsServerAsync(_certificate);
                await ReadRequestAsync(stream);
                await _answer(Interlocked.Increment(ref _calls), stream);
                await stream.ShutdownAsync();
            }
            catch (Exception fault) when (fault is IOException or AuthenticationException or ObjectDisposedException)
            {
                // The client has gone.
            }
        }
    }

    // A server that closed without reading the body would reset the connection.
    private static async Task ReadRequestAsync(Stream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one);
            head.Append((char)one[0]);
        }

        string? length = head.ToString().Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        if (length is not null)
        {
            await stream.ReadExactlyAsync(new byte[int.Parse(length["Content-Length:".Length..], System.Globalization.CultureInfo.InvariantCulture)]);
        }
    }
}
