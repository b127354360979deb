using System.Net.Mime;
using System.Security.Cryptography;
using System.Text;
using Seats.Api.Requests;

namespace Seats.Api.Docs;

/// <summary>The document and its page, built once: routes do not change while the process lives.</summary>
internal sealed class BuiltDocs
{
    private readonly Lazy<(BuiltPage Document, BuiltPage Page)> built;

    public BuiltDocs(IServiceProvider services) => built = new Lazy<(BuiltPage, BuiltPage)>(() => Build(services));

    public BuiltPage Document => built.Value.Document;

    public BuiltPage Page => built.Value.Page;

    private static (BuiltPage, BuiltPage) Build(IServiceProvider services)
    {
        var described = OpenApiDocument.Of(services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints));
        return (
            new BuiltPage(MediaTypeNames.Application.Json, described.ToJsonString()),
            new BuiltPage("text/html; charset=utf-8", DocsApi.PageOf(described)));
    }
}

/// <summary>A page that stays as it is, with the tag that says so.</summary>
internal sealed class BuiltPage(string contentType, string text)
{
    private const int TagBytes = 16;
    private readonly byte[] bytes = Encoding.UTF8.GetBytes(text);
    private readonly string tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, TagBytes))}\"";

    public Task WriteAsync(HttpContext context)
    {
        var response = context.Response;
        response.Headers.ETag = tag;
        // May be kept, and is asked for again: the next release describes itself.
        response.Headers.CacheControl = "no-cache";
        if (IfNoneMatch.Names(context, tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }
        response.ContentType = contentType;
        response.ContentLength = bytes.Length;
        return response.Body.WriteAsync(bytes).AsTask();
    }
}
