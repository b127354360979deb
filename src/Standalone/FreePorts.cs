using System.Net;
using System.Net.Sockets;
using Seats.Silo.Hosting;

namespace Seats.Standalone;

/// <summary>Ports nobody uses, so that several processes run side by side. Nobody else talks to this silo: loopback is enough.</summary>
internal static class FreePorts
{
    public static SiloPlace OnLoopback()
    {
        using var silo = Listen();
        using var gateway = Listen();
        return new SiloPlace(Clustered: false, IPAddress.Loopback, PortOf(silo), PortOf(gateway), "standalone");
    }

    private static Socket Listen()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    private static int PortOf(Socket socket) => ((IPEndPoint)socket.LocalEndPoint!).Port;
}
