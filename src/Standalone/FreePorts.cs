using System.Net;
using System.Net.Sockets;
using Seats.Silo.Hosting;

namespace Seats.Standalone;

/// <summary>Ports nobody uses, so that several processes run side by side. Nobody else talks to this silo: loopback is enough.</summary>
internal static class FreePorts
{
    // Outside the range that outgoing connections take theirs from: one of those could have it by the time the silo listens.
    private const int First = 20_000;
    private const int Last = 25_999;

    public static SiloPlace OnLoopback()
    {
        using var silo = Listen();
        using var gateway = Listen();
        return new SiloPlace(Clustered: false, IPAddress.Loopback, PortOf(silo), PortOf(gateway), "standalone");
    }

    private static Socket Listen()
    {
        while (true)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Loopback, Random.Shared.Next(First, Last)));
                return socket;
            }
            catch (SocketException)
            {
                // Somebody has it: another one.
                socket.Dispose();
            }
        }
    }

    private static int PortOf(Socket socket) => ((IPEndPoint)socket.LocalEndPoint!).Port;
}
