using System.Text.Json.Serialization.Metadata;
using Seats.Grains.Abstractions;

namespace Seats.Api.Requests;

/// <summary>A command as it came in: its stamp and its body.</summary>
internal sealed record Command<T>(CommandStamp Stamp, T Body);

internal static class Command
{
    /// <summary>Reads a command; null when a problem was written instead.</summary>
    public static async Task<Command<T>?> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type, bool mayBeEmpty = false)
        where T : class
    {
        if (await RequestReader.BytesAsync(context) is not { } bytes) return null;
        if (await RequestReader.ParseAsync(context, bytes, type, mayBeEmpty) is not { } body) return null;
        return await Stamps.OfAsync(context, bytes) is { } stamp ? new Command<T>(stamp, body) : null;
    }

    /// <summary>Reads a command that has no body to speak of.</summary>
    public static async Task<CommandStamp?> ReadAsync(HttpContext context) =>
        await ReadAsync(context, Json.ApiJson.Strict.EmptyBody, mayBeEmpty: true) is { } command ? command.Stamp : null;
}
