using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Seats.Api.Problems;
using Seats.Grains.Abstractions;
using Seats.Identity;

namespace Seats.Api.Requests;

/// <summary>Names commands: by the client's idempotency key, scoped to the caller and the path, or at random.</summary>
internal static class Stamps
{
    private const string Header = "Idempotency-Key";
    private const int KeyCharsAtMost = 64;

    /// <summary>Whether a command came with a client's key.</summary>
    public static bool IsKeyed(HttpContext context) => context.Request.Headers.ContainsKey(Header) && !HttpMethods.IsGet(context.Request.Method);

    /// <summary>The stamp of this request; null when its key is malformed and a problem was written.</summary>
    public static async Task<CommandStamp?> OfAsync(HttpContext context, byte[] body)
    {
        var by = Requesters.Of(context);
        if (!context.Request.Headers.TryGetValue(Header, out var keys)) return new CommandStamp(Guid.NewGuid(), 0, false, by);
        if (keys.Count != 1 || !IsWellFormed(keys[0]))
        {
            await Problem.WriteAsync(context, ProblemKinds.KeyMalformed);
            return null;
        }
        var id = Hash($"{by.Id}\n{context.Request.Method}\n{context.Request.Path}\n{keys[0]}", []);
        // A refusal that is given again is the same to the last letter.
        context.Features.Set(new AnswerTrace(Convert.ToHexStringLower(id.AsSpan(0, 16))));
        // The key salts the hash: a body may hold a password.
        var content = Hash($"{context.Request.QueryString.Value}\n{keys[0]}", body);
        var stamp = new CommandStamp(new Guid(id.AsSpan(0, 16)), BinaryPrimitives.ReadInt64LittleEndian(content), true, by);
        context.Features.Set(stamp);
        return stamp;
    }

    private static bool IsWellFormed(string? key) => key is { Length: >= 1 and <= KeyCharsAtMost } && key.All(letter => letter is >= '!' and <= '~' or ' ') && key.Trim().Length > 0;

    private static byte[] Hash(string text, byte[] body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(text));
        hash.AppendData([0]);
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }
}

/// <summary>Who asks, as events know them.</summary>
internal static class Requesters
{
    public static Requester Of(HttpContext context) => Caller.From(context.User) is { } caller
        ? new Requester(caller.Id, caller.Email ?? "", caller.IsAdmin, Languages.ForMail(context, caller), ContactOf(caller))
        : Requester.Anonymous;

    private static string? ContactOf(Caller caller) => EmailAddress.IsPlausible(caller.UnverifiedEmail) ? caller.UnverifiedEmail : null;
}
