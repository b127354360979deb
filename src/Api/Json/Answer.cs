using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Seats.Api.Json;

/// <summary>Writes answers.</summary>
internal static class Answer
{
    public const string Json = "application/json; charset=utf-8";
    private static readonly ArrayBufferWriter<byte> Nowhere = new();

    [ThreadStatic]
    private static Utf8JsonWriter? writer;

    /// <summary>Writes a body straight into the response's buffer, with its length.</summary>
    public static Task WriteAsync<T>(HttpContext context, T body, JsonTypeInfo<T> type, string contentType = Json)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        var json = writer ??= new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.Reset(buffer);
        JsonSerializer.Serialize(json, body, Writable(type));
        json.Flush();
        // A thread must not keep the largest answer it ever wrote.
        json.Reset(Nowhere);
        Head(context, contentType);
        context.Response.ContentLength = buffer.WrittenCount;
        return context.Response.Body.WriteAsync(buffer.WrittenMemory).AsTask();
    }

    public static void Head(HttpContext context, string contentType)
    {
        context.Response.ContentType = contentType;
        // Answers are of their moment, and many of them private.
        context.Response.Headers.CacheControl = "no-store";
    }

    /// <summary>Never by the options that bodies are read with: what is stored must be written, however it came to be.</summary>
    private static JsonTypeInfo<T> Writable<T>(JsonTypeInfo<T> type) =>
        type.Options == ApiJson.Answers.Options ? type : (JsonTypeInfo<T>)ApiJson.Answers.Options.GetTypeInfo(typeof(T));
}
