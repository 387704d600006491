using System;
using System.Collections.Concurrent;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;

namespace InboundProvisioning.Core.Tests.EndToEnd;

/// <summary>A proxy on loopback that opens tunnels (CONNECT), for one user if it is given one.</summary>
internal sealed class ConnectProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly string? _authorization;

    public ConnectProxy(NetworkCredential? user = null)
    {
        _authorization = user is null
            ? null
            : "Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes($"{user.UserName}:{user.Password}"));
        _listener.Start();
        _ = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>The hosts that tunnels were opened to.</summary>
    public ConcurrentQueue<string> Tunnels { get; } = new();

    public void Dispose() => _listener.Dispose();

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
                NetworkStream stream = client.GetStream();
                while (await ReadHeadAsync(stream) is { } head)
                {
                    if (_authorization is not null && !head.Contains("Proxy-Authorization: " + _authorization, StringComparison.OrdinalIgnoreCase))
                    {
                        await stream.WriteAsync(
                            "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"test\"\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
                        continue;
                    }

                    string target = head.Split(' ')[1];
                    Tunnels.Enqueue(target);
                    using var server = new TcpClient();
                    await server.ConnectAsync("localhost", int.Parse(target.Split(':')[1]));
                    await stream.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray());
                    await Task.WhenAny(stream.CopyToAsync(server.GetStream()), server.GetStream().CopyToAsync(stream));
                    return;
                }
            }
            catch (Exception fault) when (fault is IOException or SocketException)
            {
                // One of the two has gone.
            }
        }
    }

    private static async Task<string?> ReadHeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one) == 0)
            {
                return null;
            }

            head.Append((char)one[0]);
        }

        return head.ToString();
    }
}
