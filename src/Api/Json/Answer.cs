using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Seats.Api.Json;

/// <summary>Writes answers.</summary>
internal static class Answer
{
    [ThreadStatic]
    private static Utf8JsonWriter? writer;

    /// <summary>Writes a body straight into the response's buffer, with its length.</summary>
    public static Task WriteAsync<T>(HttpContext context, T body, JsonTypeInfo<T> type, string contentType = "application/json; charset=utf-8")
    {
        var response = context.Response;
        response.ContentType = contentType;
        // Answers are of their moment, and many of them private.
        response.Headers.CacheControl = "no-store";
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(512);
        var json = writer ??= new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.Reset(buffer);
        JsonSerializer.Serialize(json, body, type);
        json.Flush();
        response.ContentLength = buffer.WrittenCount;
        return response.Body.WriteAsync(buffer.WrittenMemory).AsTask();
    }
}
