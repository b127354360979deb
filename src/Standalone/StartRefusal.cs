using System.Net.Sockets;

namespace Seats.Standalone;

/// <summary>A start that cannot be: said in a sentence, where a stack trace would help nobody.</summary>
internal static class StartRefusal
{
    /// <summary>Why, and what to do; null for what nobody foresaw.</summary>
    public static string? Explain(Exception failure) => failure switch
    {
        InvalidOperationException refused => refused.Message,
        IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException } taken => $"{taken.Message} Choose another address with --urls.",
        SocketException unknown => $"The address cannot be listened on: {unknown.Message}.",
        UnauthorizedAccessException denied => $"{denied.Message} Choose another data folder with --data, or make this one writable.",
        _ => null,
    };
}
