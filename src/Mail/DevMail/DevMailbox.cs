using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MimeKit;

namespace Seats.Mail.DevMail;

/// <summary>
/// The mails of a machine without a mail server, to look at in a browser. For development: whoever reaches it reads everybody's mail.
/// </summary>
public static class DevMailbox
{
    private const int ShownAtMost = 200;
    private const int BytesAtMost = 4 * 1024 * 1024;

    /// <summary>Maps <c>/dev/mail</c>.</summary>
    public static void MapDevMail(this IEndpointRouteBuilder routes, string folder)
    {
        routes.MapGet("/dev/mail", context => ListAsync(context, folder)).AllowAnonymous();
        routes.MapGet("/dev/mail/{name}", context => ShowAsync(context, folder)).AllowAnonymous();
        routes.MapGet("/dev/mail/{name}/{part}", context => PartAsync(context, folder)).AllowAnonymous();
    }

    private static async Task ListAsync(HttpContext context, string folder)
    {
        var page = new StringBuilder(Head("Mails"));
        page.Append($"<h1>Mails</h1><p>Written to <code>{Text(folder)}</code> because no mail server is configured ");
        page.Append("(<code>Smtp:Host</code>). Newest first.</p><table><thead><tr><th scope=\"col\">When</th><th scope=\"col\">To</th>");
        page.Append("<th scope=\"col\">Subject</th></tr></thead><tbody>");
        var files = Directory.Exists(folder) ? new DirectoryInfo(folder).GetFiles("*.eml") : [];
        foreach (var file in files.OrderByDescending(file => file.LastWriteTimeUtc).Take(ShownAtMost))
            page.Append($"<tr><td>{file.LastWriteTimeUtc:yyyy-MM-dd HH:mm:ss}</td>{await CellsAsync(file, context.RequestAborted)}</tr>");
        await HtmlAsync(context, page.Append("</tbody></table></main></body></html>").ToString());
    }

    private static async Task<string> CellsAsync(FileInfo file, CancellationToken cancellationToken)
    {
        using var mail = await TryLoadAsync(file, cancellationToken);
        return mail is null
            ? $"<td></td><td>{Text(file.Name)} (cannot be shown)</td>"
            : $"<td>{Text(mail.To.ToString())}</td>"
                + $"<td><a href=\"/dev/mail/{Uri.EscapeDataString(file.Name)}\">{Text(mail.Subject ?? "")}</a></td>";
    }

    private static async Task ShowAsync(HttpContext context, string folder)
    {
        if (await FindAsync(context, folder) is not { } mail) return;
        using var _ = mail;
        var name = Uri.EscapeDataString((string)context.Request.RouteValues["name"]!);
        var page = new StringBuilder(Head(mail.Subject ?? ""));
        page.Append($"<p><a href=\"/dev/mail\">All mails</a></p><h1>{Text(mail.Subject ?? "")}</h1><dl>");
        foreach (var header in mail.Headers) page.Append($"<dt>{Text(header.Field)}</dt><dd>{Text(header.Value)}</dd>");
        page.Append("</dl><p>");
        foreach (var (part, index) in Attachments(mail))
            page.Append($"<a href=\"/dev/mail/{name}/{index}\">{Text(part.FileName ?? part.ContentType.MimeType)}</a> ");
        page.Append($"</p><h2>HTML</h2><iframe title=\"The mail as HTML\" sandbox=\"\" src=\"/dev/mail/{name}/html\"></iframe>");
        page.Append($"<h2>Text</h2><pre>{Text(mail.TextBody ?? "")}</pre></main></body></html>");
        await HtmlAsync(context, page.ToString());
    }

    private static async Task PartAsync(HttpContext context, string folder)
    {
        if (await FindAsync(context, folder) is not { } mail) return;
        using var _ = mail;
        if (context.Request.RouteValues["part"] is "html")
        {
            // Shown in a frame of this page; pictures are put into the page, since nothing else is at hand.
            context.Response.Headers.ContentSecurityPolicy =
                "default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'self'";
            await HtmlAsync(context, WithPictures(mail));
            return;
        }
        var found = Attachments(mail).FirstOrDefault(item => item.Index.ToString() == context.Request.RouteValues["part"] as string).Part;
        if (found is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        context.Response.ContentType = "application/octet-stream";
        context.Response.Headers.ContentDisposition = "attachment; filename=\"" + (found.FileName ?? "part").Replace("\"", "") + "\"";
        await found.Content!.DecodeToAsync(context.Response.Body, context.RequestAborted);
    }

    private static string WithPictures(MimeMessage mail)
    {
        var html = mail.HtmlBody ?? "";
        foreach (var picture in mail.BodyParts.OfType<MimePart>().Where(part => part.ContentId is not null))
        {
            using var bytes = new MemoryStream();
            picture.Content!.DecodeTo(bytes);
            var data = $"data:{picture.ContentType.MimeType};base64,{Convert.ToBase64String(bytes.ToArray())}";
            html = html.Replace($"cid:{picture.ContentId}", data);
        }
        return html;
    }

    private static IEnumerable<(MimePart Part, int Index)> Attachments(MimeMessage mail) =>
        mail.Attachments.OfType<MimePart>().Select((part, index) => (part, index));

    /// <summary>The mail a name stands for; a name that is not that of a file in the folder is not found.</summary>
    private static async Task<MimeMessage?> FindAsync(HttpContext context, string folder)
    {
        var name = context.Request.RouteValues["name"] as string ?? "";
        var file = new FileInfo(Path.Combine(folder, Path.GetFileName(name)));
        if (file.Name == name && file.Extension == ".eml" && await TryLoadAsync(file, context.RequestAborted) is { } mail) return mail;
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return null;
    }

    /// <summary>
    /// Null for a file that is gone, too large, or no mail: the folder is the developer's, and one file must not hide the others.
    /// </summary>
    private static async Task<MimeMessage?> TryLoadAsync(FileInfo file, CancellationToken cancellationToken)
    {
        try
        {
            return file.Exists && file.Length <= BytesAtMost ? await MimeMessage.LoadAsync(file.FullName, cancellationToken) : null;
        }
        catch (Exception unreadable) when (unreadable is FormatException or IOException)
        {
            return null;
        }
    }

    private static Task HtmlAsync(HttpContext context, string html)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(html);
    }

    private static string Text(string text) => HtmlEncoder.Default.Encode(text);

    private static string Head(string title) => $$"""
        <!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{{Text(title)}}</title>
        <style>:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;margin:0}
        main{max-width:60rem;margin:0 auto;padding:2rem 1rem}table{border-collapse:collapse;width:100%}
        th,td{text-align:left;padding:.4rem .8rem .4rem 0;border-bottom:1px solid #8884;vertical-align:top}
        dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem}dd{margin:0;overflow-wrap:anywhere}
        iframe{width:100%;height:48rem;border:1px solid #8884;border-radius:8px}
        pre{white-space:pre-wrap;overflow-wrap:anywhere}</style></head><body><main>
        """;
}
