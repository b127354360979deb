using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Seats.Api.Json;

/// <summary>
/// Writes a <see cref="ListAnswer{T}"/> over many events item by item: one item that cannot be written must not fail the page.
/// </summary>
internal static class ListWriter
{
    /// <param name="unavailable">Events left out so far; those whose items cannot be written join them.</param>
    /// <param name="report">Is told why an item could not be written.</param>
    public static async Task WriteAsync<TView, TBody>(
        HttpContext context, IEnumerable<(long EventId, TView View)> items, Func<TView, TBody> body, JsonTypeInfo<TBody> type,
        string? next, SortedSet<long> unavailable, Action<long, Exception> report)
    {
        Answer.Head(context, Answer.Json);
        var output = context.Response.BodyWriter;
        var separator = "{\"items\":["u8.ToArray();
        var unsent = 0;
        foreach (var (eventId, view) in items)
        {
            if (BytesOf(view, body, type, out var trouble) is not { } bytes)
            {
                unavailable.Add(eventId);
                report(eventId, trouble!);
                continue;
            }
            output.Write(separator);
            output.Write(bytes);
            separator = [(byte)','];
            unsent += bytes.Length;
            if (unsent < ApiLimits.ListBytesUnsentAtMost) continue;
            await output.FlushAsync(context.RequestAborted);
            unsent = 0;
        }
        if (separator.Length > 1) output.Write(separator);
        WriteEnd(output, next, unavailable);
        await output.FlushAsync(context.RequestAborted);
    }

    private static byte[]? BytesOf<TView, TBody>(TView view, Func<TView, TBody> body, JsonTypeInfo<TBody> type, out Exception? trouble)
    {
        try
        {
            trouble = null;
            return JsonSerializer.SerializeToUtf8Bytes(body(view), type);
        }
        catch (Exception failure)
        {
            trouble = failure;
            return null;
        }
    }

    private static void WriteEnd(IBufferWriter<byte> output, string? next, SortedSet<long> unavailable)
    {
        output.Write("]"u8);
        if (next is not null)
        {
            output.Write(",\"next\":"u8);
            output.Write(JsonSerializer.SerializeToUtf8Bytes(next, ApiJson.Answers.String));
        }
        if (unavailable.Count > 0)
        {
            output.Write(",\"unavailable\":"u8);
            output.Write(JsonSerializer.SerializeToUtf8Bytes(unavailable, ApiJson.Answers.IReadOnlyCollectionInt64));
        }
        output.Write("}"u8);
    }
}
