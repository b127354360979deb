using System.Net;
using System.Net.Sockets;

namespace Seats.Standalone;

/// <summary>Looks whether the addresses to listen on are free before anything else is started.</summary>
internal static class ListeningAddresses
{
    /// <exception cref="InvalidOperationException">Another process listens on one, or it is no address.</exception>
    public static void MustBeFree(string urls)
    {
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var address = Parse(url);
            if (address.IsUnixPipe || address.Port == 0) continue;
            try
            {
                var host = HostOf(address);
                using var socket = new Socket(host.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(host, address.Port));
            }
            catch (SocketException taken) when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                throw new InvalidOperationException($"Another process listens on {url}: stop it, or choose another address with --urls.", taken);
            }
        }
    }

    private static IPAddress HostOf(BindingAddress address) =>
        IPAddress.TryParse(address.Host, out var given) ? given
        : address.Host == "localhost" ? IPAddress.Loopback
        : Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any;

    private static BindingAddress Parse(string url)
    {
        try
        {
            return BindingAddress.Parse(url);
        }
        catch (FormatException wrong)
        {
            throw new InvalidOperationException($"--urls: {wrong.Message}", wrong);
        }
    }
}
