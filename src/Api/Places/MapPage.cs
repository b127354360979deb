using System.IO.Compression;
using System.Text.Json;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Seats.Api.Json;
using Seats.Api.Requests;
using Seats.Core;

namespace Seats.Api.Places;

/// <summary>One version of a map, serialized and compressed once for all its readers.</summary>
internal sealed class MapPage(SeatMap map)
{
    private const int BrotliQuality = 4;
    private readonly Lazy<byte[]> plain = new(() => JsonSerializer.SerializeToUtf8Bytes(MapAnswer.Of(map), ApiJson.Answers.MapAnswer));
    private byte[]? brotli;
    private byte[]? gzip;

    public Visibility Visibility => map.Visibility;

    public Task WriteAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        var tag = $"\"{map.Version}\"";
        headers.ETag = tag;
        headers.CacheControl = "no-cache";
        headers.Vary = "Accept-Encoding";
        if (IfNoneMatch.Names(context, tag))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }
        context.Response.ContentType = Answer.Json;
        var body = BodyFor(context.Request.Headers.AcceptEncoding, out var encoding);
        if (encoding is not null) headers.ContentEncoding = encoding;
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body).AsTask();
    }

    private byte[] BodyFor(StringValues accepted, out string? encoding)
    {
        encoding = Encoding(accepted);
        return encoding switch
        {
            "br" => brotli ??= Compress(stream => new BrotliStream(stream, new BrotliCompressionOptions { Quality = BrotliQuality })),
            "gzip" => gzip ??= Compress(stream => new GZipStream(stream, CompressionLevel.Fastest)),
            _ => plain.Value,
        };
    }

    /// <summary>The coding the reader likes best of those there are (RFC 9110, 12.5.3); the smaller one on a tie. Null for none.</summary>
    private static string? Encoding(StringValues accepted)
    {
        if (!StringWithQualityHeaderValue.TryParseList(accepted, out var codings)) return null;
        double QualityOf(string coding) => codings.FirstOrDefault(item => item.Value.Equals(coding, StringComparison.OrdinalIgnoreCase)) is { } named
            ? named.Quality ?? 1
            : codings.FirstOrDefault(item => item.Value.Equals("*", StringComparison.Ordinal)) is { } any ? any.Quality ?? 1 : 0;
        var (br, gzip) = (QualityOf("br"), QualityOf("gzip"));
        return br > 0 && br >= gzip ? "br" : gzip > 0 ? "gzip" : null;
    }

    private byte[] Compress(Func<Stream, Stream> compress)
    {
        using var compressed = new MemoryStream();
        using (var stream = compress(compressed)) stream.Write(plain.Value);
        return compressed.ToArray();
    }
}
