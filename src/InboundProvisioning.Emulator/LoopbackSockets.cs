using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;

namespace InboundProvisioning.Emulator;

/// <summary>
/// Listening sockets on 127.0.0.1 and, where there is one, ::1, under one port: <c>localhost</c> means either, and clients try both.
/// Kestrel cannot take a free port for two addresses at once, so the sockets are bound before it starts.
/// </summary>
internal sealed class LoopbackSockets
{
    private const int Attempts = 20;

    private readonly Dictionary<IPAddress, Socket> _sockets = [];

    private LoopbackSockets(Socket ipv4, Socket? ipv6)
    {
        _sockets.Add(IPAddress.Loopback, ipv4);
        if (ipv6 is not null)
        {
            _sockets.Add(IPAddress.IPv6Loopback, ipv6);
        }

        Port = ((IPEndPoint)ipv4.LocalEndPoint!).Port;
    }

    public int Port { get; }

    public IEnumerable<IPAddress> Addresses => _sockets.Keys;

    /// <exception cref="SocketException">The port is taken, or not ours to take.</exception>
    public static LoopbackSockets Bind(int port)
    {
        for (int attempt = 1; ; attempt++)
        {
            Socket ipv4 = Bind(IPAddress.Loopback, port);
            try
            {
                return new LoopbackSockets(ipv4, BindIPv6(((IPEndPoint)ipv4.LocalEndPoint!).Port));
            }
            catch (SocketException fault) when (fault.SocketErrorCode == SocketError.AddressAlreadyInUse && port == 0 && attempt < Attempts)
            {
                // Free on 127.0.0.1 and taken on ::1: another port will do.
                ipv4.Dispose();
            }
            catch
            {
                ipv4.Dispose();
                throw;
            }
        }
    }

    /// <summary>The same, at the port of the last time when it is free.</summary>
    /// <param name="port">The port that is asked for, 0 for any.</param>
    /// <param name="last">The port of the last time, 0 for none.</param>
    public static LoopbackSockets Bind(int port, int last)
    {
        try
        {
            return Bind(port == 0 ? last : port);
        }
        catch (SocketException) when (port == 0 && last != 0)
        {
            return Bind(0);
        }
    }

    /// <summary>The socket that was bound for an address. Its taker disposes it.</summary>
    public Socket Take(EndPoint endPoint) => _sockets[((IPEndPoint)endPoint).Address];

    private static Socket? BindIPv6(int port)
    {
        if (!Socket.OSSupportsIPv6)
        {
            return null;
        }

        try
        {
            return Bind(IPAddress.IPv6Loopback, port);
        }
        catch (SocketException fault) when (fault.SocketErrorCode is SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported)
        {
            return null;
        }
    }

    private static Socket Bind(IPAddress address, int port)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.ExclusiveAddressUse = true;
            socket.Bind(new IPEndPoint(address, port));
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
