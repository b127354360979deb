using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Seats.Api.Json;
using Seats.Api.Problems;
using Seats.Core;

namespace Seats.Api.Requests;

/// <summary>Reads bodies, strictly, and answers with the problem when they cannot be read.</summary>
internal static class RequestReader
{
    /// <summary>The bytes of the body; null when a problem was written instead.</summary>
    public static Task<byte[]?> BytesAsync(HttpContext context) => BytesAsync(context, IsJson);

    /// <summary>Whether a page sent it.</summary>
    public static bool IsForm(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase);

    /// <summary>The members of a form, each with its first value; null when a problem was written instead.</summary>
    public static async Task<IReadOnlyDictionary<string, string>?> FormAsync(HttpContext context)
    {
        if (await BytesAsync(context, IsForm) is not { } bytes) return null;
        // The body is bounded already: no form that fits in it is too long for the reader.
        using var reader = new FormReader(Encoding.UTF8.GetString(bytes));
        (reader.ValueCountLimit, reader.KeyLengthLimit) = (bytes.Length + 1, bytes.Length + 1);
        return (await reader.ReadFormAsync(context.RequestAborted)).ToDictionary(member => member.Key, member => member.Value[0] ?? "");
    }

    private static async Task<byte[]?> BytesAsync(HttpContext context, Func<HttpRequest, bool> isTaken)
    {
        var request = context.Request;
        var atMost = BodyLimit.Of(context);
        if (request.ContentLength == 0) return [];
        if (request.ContentLength > atMost) return await TooLargeAsync(context, atMost);
        var reader = request.BodyReader;
        var room = context.RequestServices.GetRequiredService<BodyRoom>().Begin();
        context.Response.RegisterForDispose(room);
        while (true)
        {
            var read = await reader.ReadAsync(context.RequestAborted);
            if (read.Buffer.Length > atMost)
            {
                reader.AdvanceTo(read.Buffer.End);
                return await TooLargeAsync(context, atMost);
            }
            if (!room.TryGrow(read.Buffer.Length))
            {
                reader.AdvanceTo(read.Buffer.End);
                return await NoRoomAsync(context);
            }
            if (read.IsCompleted)
            {
                var bytes = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                if (bytes.Length == 0 || isTaken(request)) return bytes;
                await Problem.WriteAsync(context, ProblemKinds.UnsupportedMedia);
                return null;
            }
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    /// <summary>The body the bytes hold; null when a problem was written instead. Without bytes, an empty body.</summary>
    public static async Task<T?> ParseAsync<T>(HttpContext context, byte[] bytes, JsonTypeInfo<T> type, bool mayBeEmpty = false)
        where T : class
    {
        if (bytes.Length == 0 && mayBeEmpty) bytes = "{}"u8.ToArray();
        try
        {
            if (JsonSerializer.Deserialize(bytes, type) is { } body) return body;
            await Problem.WriteAsync(context, ProblemKinds.Malformed, "null");
        }
        catch (JsonException failure)
        {
            await (RuleBroken(failure) is { } violation
                ? Problem.InvalidAsync(context, violation)
                : Problem.WriteAsync(context, ProblemKinds.Malformed, Plain(failure).In(Languages.Of(context))));
        }
        return null;
    }

    private static async Task<byte[]?> TooLargeAsync(HttpContext context, int atMost)
    {
        context.Response.Headers.Connection = "close";
        await Problem.WriteAsync(context, ProblemKinds.TooLarge, limit: atMost);
        return null;
    }

    private static async Task<byte[]?> NoRoomAsync(HttpContext context)
    {
        context.Response.Headers.Connection = "close";
        await Problem.UnavailableAsync(context, notApplied: !Stamps.IsKeyed(context));
        return null;
    }

    /// <summary>JSON in UTF-8, as it is: nothing is unpacked here.</summary>
    private static bool IsJson(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || type.Charset.Value.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        && request.Headers.ContentEncoding.ToString() is "" or "identity";

    /// <summary>A member of the wrong form breaks a rule; anything else is not the JSON this call takes.</summary>
    private static Violation? RuleBroken(JsonException failure)
    {
        if (failure is MemberException member) return new Violation(MemberOf(failure), member.Rule);
        if (failure.Path is not { Length: > 2 } || !failure.Message.StartsWith("The JSON value could not be converted", StringComparison.Ordinal)) return null;
        var rule = failure.Message switch
        {
            var message when message.Contains("System.Int", StringComparison.Ordinal) => Types.Number,
            var message when message.Contains("System.Boolean", StringComparison.Ordinal) => Types.Boolean,
            var message when message.Contains("System.String.", StringComparison.Ordinal) || message.Contains("System.String ", StringComparison.Ordinal) => Types.Text,
            var message when message.Contains("List", StringComparison.Ordinal) => Types.List,
            _ => Types.Form,
        };
        return new Violation(MemberOf(failure), rule);
    }

    private static string MemberOf(JsonException failure) => failure.Path is { Length: > 2 } path ? path[2..] : "";

    /// <summary>What was wrong, without names of this program's own types.</summary>
    private static Said Plain(JsonException failure)
    {
        var message = failure.Message;
        if (message.Contains("could not be mapped to any .NET member", StringComparison.Ordinal))
            return new Said($"unknown member {Quoted(message)} at {failure.Path ?? "$"}", $"champ inconnu {Quoted(message)} dans {failure.Path ?? "$"}");
        if (message.Contains("uplicate", StringComparison.Ordinal)) return new Said($"repeated member {Quoted(message)}", $"champ répété {Quoted(message)}");
        if (message.Contains("maximum configured depth", StringComparison.Ordinal)) return new Said("nested too deeply", "imbrication trop profonde");
        return failure.LineNumber is { } line
            ? new Said($"line {line + 1}, byte {failure.BytePositionInLine}", $"ligne {line + 1}, octet {failure.BytePositionInLine}")
            : new Said("not a JSON object", "pas un objet JSON");
    }

    private static string Quoted(string message)
    {
        var from = message.IndexOf('\'');
        var to = from < 0 ? -1 : message.IndexOf('\'', from + 1);
        return to < 0 ? "" : $"“{message[(from + 1)..to]}”";
    }
}
