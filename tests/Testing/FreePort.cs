using System.Net;
using System.Net.Sockets;

namespace Seats.Testing;

/// <summary>
/// A port for a server of a test, handed out once. Each process of tests has a block of ports of its own, outside the range that outgoing connections
/// take theirs from: nobody else takes a port between the moment it is handed out and the moment its server listens.
/// </summary>
public static class FreePort
{
    private const int First = 10_000;
    private const int BlockPorts = 400;
    private const int Blocks = 25;
    private static readonly Lock Gate = new();
    private static FileStream? block;
    private static int next;
    private static int end;

    public static int Next() => Take(1);

    /// <summary>A port whose neighbour is free too.</summary>
    public static int Pair() => Take(2);

    private static int Take(int ports)
    {
        lock (Gate)
        {
            if (block is null) TakeBlock();
            while (next + ports <= end)
            {
                var port = next;
                if (Enumerable.Range(port, ports).All(IsFree))
                {
                    next += ports;
                    return port;
                }
                next++;
            }
            throw new InvalidOperationException($"The tests of one process use more than {BlockPorts} ports: hand them back, or make the block larger.");
        }
    }

    /// <summary>The lock goes with the process.</summary>
    private static void TakeBlock()
    {
        for (var number = 0; number < Blocks; number++)
        {
            try
            {
                block = new FileStream(Path.Combine(Path.GetTempPath(), $"seats-test-ports-{number}"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                next = First + number * BlockPorts;
                end = next + BlockPorts;
                return;
            }
            catch (IOException)
            {
                // Another process of tests has it.
            }
        }
        throw new InvalidOperationException($"More than {Blocks} processes of tests run on this machine.");
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
