using System.IO.Compression;
using System.Text.Json;
using Seats.Api.Json;
using Seats.Grains.Abstractions;

namespace Seats.Api.Places;

/// <summary>One version of a map, serialized and compressed once for all its readers.</summary>
internal sealed class MapPage(SeatMap map)
{
    private const int BrotliQuality = 4;
    private readonly Lazy<byte[]> plain = new(() => JsonSerializer.SerializeToUtf8Bytes(MapAnswer.Of(map), ApiJson.Strict.MapAnswer));
    private byte[]? brotli;
    private byte[]? gzip;

    public Visibility Visibility => map.Visibility;

    public Task WriteAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ETag = $"\"{map.Version}\"";
        headers.CacheControl = "no-cache";
        headers.Vary = "Accept-Encoding";
        if (context.Request.Headers.IfNoneMatch == headers.ETag)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }
        context.Response.ContentType = "application/json; charset=utf-8";
        var body = BodyFor(context.Request.Headers.AcceptEncoding.ToString(), out var encoding);
        if (encoding is not null) headers.ContentEncoding = encoding;
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body).AsTask();
    }

    private byte[] BodyFor(string accepted, out string? encoding)
    {
        encoding = accepted.Contains("br", StringComparison.OrdinalIgnoreCase) ? "br" : accepted.Contains("gzip", StringComparison.OrdinalIgnoreCase) ? "gzip" : null;
        return encoding switch
        {
            "br" => brotli ??= Compress(stream => new BrotliStream(stream, new BrotliCompressionOptions { Quality = BrotliQuality })),
            "gzip" => gzip ??= Compress(stream => new GZipStream(stream, CompressionLevel.Fastest)),
            _ => plain.Value,
        };
    }

    private byte[] Compress(Func<Stream, Stream> compress)
    {
        using var compressed = new MemoryStream();
        using (var stream = compress(compressed)) stream.Write(plain.Value);
        return compressed.ToArray();
    }
}
