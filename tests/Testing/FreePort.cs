using System.Net;
using System.Net.Sockets;

namespace Seats.Testing;

/// <summary>A port for a server of a test. Outside the range that outgoing connections take theirs from: one of those could have it by the time the server listens.</summary>
public static class FreePort
{
    private const int First = 10_000;
    private const int Last = 19_999;

    public static int Next() => Pair();

    /// <summary>A port whose neighbour is free too.</summary>
    public static int Pair()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, Last);
            if (IsFree(port) && IsFree(port + 1)) return port;
        }
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
